import type { Tally } from './load.ts'

/** A line of the report. */
export interface Row extends Tally {
  fault: string
}

/** The report as a table of Markdown. */
export function renderReport(rows: Row[]): string {
  const lines = rows.map(({ fault, sent, failed, recoveredMs, lost }) => {
    const recovered = recoveredMs === undefined ? '' : `${(recoveredMs / 1000).toFixed(1)} s`
    return `| ${fault} | ${sent.toLocaleString('en')} | ${renderFailures(failed)} | ${recovered} | ${lost} |\n`
  })
  return `${head}${lines.join('')}`
}

const head = `| Fault | Requests sent | Failed, and with what | Time to recover | Sessions lost |
| --- | --- | --- | --- | --- |
`

function renderFailures(failed: Record<string, number>): string {
  const parts = Object.entries(failed).map(([what, count]) => `${count} × ${names[what] ?? what}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

const names: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  UND_ERR_SOCKET: 'connection closed without an answer',
  TimeoutError: 'no answer in 20 s',
}
