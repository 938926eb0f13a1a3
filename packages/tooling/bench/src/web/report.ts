import type { Machine } from '../machine.ts'
import { format, renderTable } from '../report/table.ts'
import { median } from '../statistics.ts'
import type { WebMeasurement, WebPlan, WebResults } from './measure.ts'

/** Renders a run as a page of Markdown. */
export function renderWebReport(results: WebResults, plan: WebPlan, machine: Machine): string {
  return `# Speed of the web app

Made by \`pnpm bench:web\` on ${machine.at.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}. Eight clients, ${plan.rounds} rounds
of ${plan.seconds} s each in turns; medians. Load generator, web app, API and PostgreSQL share the cores. The rate limits are off. The empty
page is the least that Next.js can serve: one paragraph, rendered per request.

## Targets

${renderWebTargets(results)}

## Side by side

${renderWebRates(results)}

A login action verifies a password, which takes the API's time and not the web app's. The proxy of [Deployment](../deployment.md) sends
REST straight to the API.
`
}

/** Renders the targets and the measured values. */
export function renderWebTargets({ steps, residentMb }: WebResults): string {
  const pairs = steps['/login'].map((ours, index) => ours.rate / (steps['empty page'][index]?.rate ?? 0))
  const memory = residentMb.web / residentMb.empty
  return renderTable(
    ['', 'measured', 'rounds', 'target', 'reached'],
    [
      [
        '/login, of the empty page',
        `${format(median(pairs))} ×`,
        `${format(Math.min(...pairs))} to ${format(Math.max(...pairs))}`,
        'at least 0.6 ×',
        median(pairs) >= 0.6 ? 'yes' : 'no',
      ],
      [
        'memory, of the empty page',
        `${format(memory)} × (${format(residentMb.web)} of ${format(residentMb.empty)} MB)`,
        '',
        'at most 1.3 ×',
        memory <= 1.3 ? 'yes' : 'no',
      ],
    ],
  )
}

/** Renders rates, times and processor time of everything measured side by side. */
export function renderWebRates({ steps }: WebResults): string {
  const head = ['', 'answers/s', 'first byte p50 ms', 'p99 ms', 'CPU ms', 'bytes', 'failed']
  const rows = Object.entries(steps).map(([name, rounds]) => {
    const middle = (read: (measurement: WebMeasurement) => number) => format(median(rounds.map(read)))
    return [
      name,
      middle(({ rate }) => rate),
      middle(({ firstByteP50 }) => firstByteP50),
      middle(({ firstByteP99 }) => firstByteP99),
      middle(({ cpuMs }) => cpuMs),
      middle(({ bytes }) => bytes),
      String(rounds.reduce((sum, { failures }) => sum + failures, 0)),
    ]
  })
  return renderTable(head, rows)
}
