import type { PricedCall } from '../scale/costs.ts'
import type { Needs } from '../scale/needs.ts'
import { tables } from '../scenarios/storage.ts'
import { format, renderTable } from './table.ts'
import { formatBytes, formatCount } from './units.ts'

/** Renders the needs of each number of users, a column each: calls, machines and data. */
export function renderNeeds(columns: Needs[]): string {
  const table = (name: string, rows: Row[]) =>
    renderTable(
      [name, ...columns.map(({ dailyUsers }) => `${formatCount(dailyUsers)} daily users`)],
      rows.map(([row, read]) => [row, ...columns.map(read)]),
    )
  return [table('calls', callRows), table('at the peak', machineRows), table('on disk', dataRows)].join(
    '\n\n',
  )
}

/** The name of a row, and the function that reads its cell from a column. */
type Row = [string, (needs: Needs) => string]

const rate = (call: PricedCall): Row => [
  `${call}: a second, average and peak`,
  ({ average, peak }) => `${formatCount(average[call])} and ${formatCount(peak[call])}`,
]

const callRows: Row[] = [rate('login'), rate('refresh'), rate('me')]

const machineRows: Row[] = [
  ['cores that hash', ({ cores }) => format(cores.hashing)],
  ['cores for the rest of the API', ({ cores }) => format(cores.api)],
  ['API instances', ({ instances }) => formatCount(instances)],
  ['their memory at most', ({ instanceGb }) => formatBytes(instanceGb * 1e9)],
  ['their connections to PostgreSQL', ({ connections }) => formatCount(connections)],
  ['cores of PostgreSQL for `me`', ({ cores }) => format(cores.databaseReads)],
  ['cores of PostgreSQL for logins and refreshes', ({ cores }) => format(cores.databaseWrites)],
  ['statements a second', (needs) => formatCount(needs.statementsPerSecond)],
  ['rows written a second', (needs) => formatCount(needs.rowsWrittenPerSecond)],
  ['log a second, records alone', (needs) => formatBytes(needs.logMbPerSecond.records * 1e6)],
  ['log a second, with page images', (needs) => formatBytes(needs.logMbPerSecond.withImages * 1e6)],
]

const dataRows: Row[] = [
  ...tables.map(
    (table): Row => [
      `\`${table}\``,
      ({ rows, bytes }) => `${formatCount(rows[table])} rows, ${formatBytes(bytes[table])}`,
    ],
  ),
  ['together', ({ bytes }) => formatBytes(tables.reduce((sum, table) => sum + bytes[table], 0))],
]
