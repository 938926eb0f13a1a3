import type { Results } from '../run.ts'
import type { GrowthPoint } from '../scenarios/growth.ts'
import { renderBars } from './chart.ts'
import { summarize, targetRows } from './rows.ts'

/** Renders the charts of a report, by file name. */
export function renderCharts(results: Results): Record<string, string> {
  const ratios = targetRows(results).filter(({ range }) => range !== undefined)
  const bars = ratios.map(({ name, value, target }) => ({ label: name, value, mark: target }))
  return {
    'ratios.svg': renderBars('Rate as a ratio; the red line is the target', bars),
    'cpu.svg': renderBars('Processor milliseconds a call, server and PostgreSQL', cpuBars(results)),
    'users.svg': renderBars('Calls a second by number of users', growthBars(results.growth.users, 'users')),
    'connections.svg': renderBars(
      'Calls a second by number of connections',
      growthBars(results.growth.connections, 'connections'),
    ),
    'pool-size.svg': renderBars(
      'Calls a second by size of the pool',
      growthBars(results.growth.poolSize, 'to PostgreSQL'),
    ),
  }
}

/** Leaves out the login: its hash would dwarf every other bar. */
function cpuBars({ ratios }: Results) {
  return Object.entries(ratios.servers)
    .filter(([name]) => !name.endsWith('login'))
    .map(([name, rounds]) => {
      const { cpuMs } = summarize(name, rounds)
      return { label: name, value: cpuMs.server + cpuMs.database }
    })
}

function growthBars(points: GrowthPoint[], unit: string) {
  return points.map(({ size, call, measurements }) => ({
    label: `${call}, ${size.toLocaleString('en')} ${unit}`,
    value: summarize(call, measurements).rate,
  }))
}
