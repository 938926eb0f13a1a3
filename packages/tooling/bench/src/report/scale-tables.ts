import { assumptions } from '../scale/assumptions.ts'
import { calls, type Costs, statements } from '../scale/costs.ts'
import type { ScaleLimit } from '../scale/limits.ts'
import type { Storm } from '../scale/storm.ts'
import { tables } from '../scenarios/storage.ts'
import { format, renderTable, renderTexts } from './table.ts'
import { formatCount, formatSeconds } from './units.ts'

/** Renders the cost of a call. Only a login hashes, and `me` writes nothing. */
export function renderCosts({ hashMs, apiMs, databaseMs, log }: Costs): string {
  const logs = { ...log, me: undefined }
  const rows = calls.map((call) => [
    call,
    call === 'login' ? format(hashMs) : '',
    format(apiMs[call]),
    format(databaseMs[call]),
    String(statements[call]),
    ...[logs[call]?.recordBytes, logs[call]?.pages].map((value) =>
      value === undefined ? '' : format(value),
    ),
  ])
  return renderTable(
    ['', 'hash CPU ms', 'API CPU ms', 'PostgreSQL CPU ms', 'statements', 'bytes of log', 'pages touched'],
    rows,
  )
}

/** Renders the size of a row. */
export function renderRowBytes({ rowBytes }: Costs): string {
  return renderTable(
    ['', 'bytes a row'],
    tables.map((table) => [`\`${table}\``, format(rowBytes[table])]),
  )
}

/** Renders the assumptions that were not measured. */
export function renderAssumptions(): string {
  return renderTexts(
    ['', 'Assumed', 'Why'],
    assumptions.map(({ name, value, reason }) => [name, value, reason]),
  )
}

/** Renders when each limit is reached, and whether it is at each number of users. */
export function renderLimits(limits: ScaleLimit[], populations: number[]): string {
  return renderTexts(
    ['Full', 'at daily users', ...populations.map((users) => `full at ${formatCount(users)}`), 'Then'],
    limits.map(({ name, dailyUsers, step }) => [
      name,
      formatCount(dailyUsers),
      ...populations.map((users) => (users >= dailyUsers ? 'yes' : 'no')),
      step,
    ]),
  )
}

/** Renders the cost of all users logging in again, for each number of users. */
export function renderStorms(storms: Storm[], populations: number[]): string {
  const row = (name: string, read: (storm: Storm) => string) => [name, ...storms.map(read)]
  return renderTable(
    ['', ...populations.map((users) => `${formatCount(users)} daily users`)],
    [
      row('cores that hash, in the instances of a usual peak', ({ hashCores }) => formatCount(hashCores)),
      row('with them all are logged in again after', ({ loginSeconds }) => formatSeconds(loginSeconds)),
      row('cores that hash, for it to take an hour', (storm) => formatCount(storm.hashCoresForHour)),
      row('cores of PostgreSQL, for it to take an hour', (storm) => formatCount(storm.databaseCoresForHour)),
      row('where a refresh is enough, all are through after', (storm) => formatSeconds(storm.refreshSeconds)),
    ],
  )
}
