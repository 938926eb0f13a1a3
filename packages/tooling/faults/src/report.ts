import { z } from 'zod'

/** A line of the report: a fault, and the results of the requests during it. */
export const row = z.object({
  fault: z.string(),
  sent: z.number(),
  failed: z.record(z.string(), z.number()),
  lost: z.number(),
  recoveredMs: z.number().optional(),
  gapMs: z.number(),
  idsTwice: z.number(),
})

type Row = z.output<typeof row>

/**
 * Renders the report as a Markdown table sorted by fault, so that two runs compare line by line.
 */
export function renderReport(rows: Row[]): string {
  const sorted = rows.toSorted((one, other) => one.fault.localeCompare(other.fault))
  const lines = sorted.map(({ fault, sent, failed, recoveredMs, gapMs, lost, idsTwice }) => {
    const recovered = recoveredMs === undefined ? '' : seconds(recoveredMs)
    return `| ${fault} | ${sent.toLocaleString('en')} | ${renderFailures(failed)} | ${seconds(gapMs)} | ${recovered} | ${lost} | ${idsTwice} |\n`
  })
  return `${head}${lines.join('')}`
}

const head = `| Fault | Requests sent | Failed, and with what | Longest gap | Time to recover | Sessions lost | Ids twice |
| --- | --- | --- | --- | --- | --- | --- |
`

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function renderFailures(failed: Record<string, number>): string {
  const parts = Object.entries(failed).map(([what, count]) => `${count} × ${names[what] ?? what}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

const names: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection broken while sending',
  UND_ERR_SOCKET: 'connection closed without an answer',
  TimeoutError: 'no answer in 20 s',
}
