import type { FleetMeasurement, FleetResults } from '../scenarios/fleet.ts'
import { median } from '../statistics.ts'
import { format, renderTable } from './table.ts'

/** Renders several processes of the API beside one, and beside PostgreSQL alone. */
export function renderFleets({ rows, limits }: FleetResults): string {
  const cells = rows.map(({ fleet, call, rounds }) => {
    const middle = (read: (measured: FleetMeasurement) => number) => format(median(rounds.map(read)))
    return [
      `${call}, ${fleet}`,
      middle(({ rate }) => rate),
      middle(({ p50 }) => p50),
      middle(({ p99 }) => p99),
      middle(({ evenness }) => evenness),
      middle(({ cpuMs }) => cpuMs.api),
      middle(({ cpuMs }) => cpuMs.front),
      middle(({ residentMb }) => residentMb),
      String(rounds.reduce((sum, { failures }) => sum + failures, 0)),
    ]
  })
  const alone = Object.entries({ updates: limits?.updates, 'look-ups': limits?.lookups }).map(
    ([name, rate]) => [`PostgreSQL alone, ${name}`, rate === undefined ? '' : format(rate), ...blanks],
  )
  return renderTable(head, [...cells, ...alone])
}

const head = ['', 'calls/s', 'p50 ms', 'p99 ms', 'evenness', 'API CPU ms', 'front CPU ms', 'MB', 'failed']

const blanks = head.slice(2).map(() => '')
