import { z } from 'zod'

/** A line of the report: a fault, and the results of the requests during it. */
export const row = z.object({
  fault: z.string(),
  sent: z.number(),
  failed: z.record(z.string(), z.number()),
  lost: z.number(),
  recoveredMs: z.number().optional(),
  gapMs: z.number(),
  clientGapMs: z.number().default(0),
  idsTwice: z.number(),
  /** Whether the cluster was one of Citus. */
  isCitus: z.boolean().default(false),
  registrations: z.object({ answered: z.number(), lost: z.number() }).optional(),
  mails: z.object({ asked: z.number(), refused: z.number(), lost: z.number(), twice: z.number() }).optional(),
  p99Ms: z.tuple([z.number(), z.number()]).optional(),
})

type Row = z.output<typeof row>

/**
 * Renders the report as Markdown tables sorted by fault, so that two runs compare line by line: of
 * requests, and of mails where there were some.
 */
export function renderReport(rows: Row[]): string {
  const sorted = rows.toSorted((one, other) => one.fault.localeCompare(other.fault))
  const lines = sorted.map(({ fault, sent, failed, recoveredMs, gapMs, lost, idsTwice }) => {
    const recovered = recoveredMs === undefined ? '' : seconds(recoveredMs)
    return `| ${fault} | ${sent.toLocaleString('en')} | ${renderFailures(failed)} | ${seconds(gapMs)} | ${recovered} | ${lost} | ${idsTwice} |\n`
  })
  const mails = sorted.map(renderMails).filter((line) => line !== '')
  return `${head}${lines.join('')}${mails.length === 0 ? '' : `\n${mailsHead}${mails.join('')}`}`
}

/** Renders the failovers of a cluster as one Markdown table, in the order of the tests. */
export function renderFailovers(rows: Row[]): string {
  return renderCluster(failoversHead, rows, ({ recoveredMs = 0 }) => recoveredMs)
}

/** Renders the failovers of a cluster of Citus, where a fault meets the users of one worker. */
export function renderCitusFailovers(rows: Row[]): string {
  return renderCluster(citusHead, rows, ({ clientGapMs }) => clientGapMs)
}

/** `timeOf` is what the column after the gap shows, in milliseconds. */
function renderCluster(columns: string, rows: Row[], timeOf: (row: Row) => number): string {
  const lines = rows.map((each) =>
    [
      each.fault,
      each.sent.toLocaleString('en'),
      renderFailures(each.failed),
      seconds(each.gapMs),
      seconds(timeOf(each)),
      each.lost,
      each.idsTwice,
      `${each.registrations?.lost} of ${each.registrations?.answered}`,
    ].join(' | '),
  )
  return `${columns}${lines.map((line) => `| ${line} |\n`).join('')}`
}

function renderMails({ fault, mails, p99Ms }: Row): string {
  if (mails === undefined || p99Ms === undefined) return ''
  const [before, during] = p99Ms.map(Math.round)
  return `| ${fault} | ${mails.asked} | ${mails.lost} | ${mails.refused} | ${mails.twice} | ${before} ms, ${during} ms |\n`
}

const head = `| Fault | Requests sent | Failed, and with what | Longest gap | Time to recover | Sessions lost | Ids twice |
| --- | --- | --- | --- | --- | --- | --- |
`

const mailsHead = `| Fault | Mails asked for | Lost | Given up | Sent twice | 99 of 100 requests answered in, before and during it |
| --- | --- | --- | --- | --- | --- |
`

const failoversHead = `| Fault | Requests sent | Failed, and with what | Longest gap | Time to recover | Sessions lost | Ids twice | Registrations lost |
| --- | --- | --- | --- | --- | --- | --- | --- |
`

const citusHead = `| Fault | Requests sent | Failed, and with what | Longest gap of all clients | Of one client | Sessions lost | Ids twice | Registrations lost |
| --- | --- | --- | --- | --- | --- | --- | --- |
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
