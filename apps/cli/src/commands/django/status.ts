import {
  type Admin,
  type ExportProblem,
  getExportState,
  getLeadership,
  type Leadership,
  listExportProblems,
} from '@pockitflyer/auth/admin'
import { compareSource, type Comparison, type DjangoSource, type NotMoved } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { ReportedError } from '../../failure.ts'
import { toSnakeCase } from '../../output/snake-case.ts'
import { createTable } from '../../output/table.ts'
import { toSeconds } from '../../output/time.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { addSourceOptions, assertSource, type SourceOptions, withSource } from './with-source.ts'

/** Adds `auth django status`. */
export function addStatusCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'status',
    summary: 'compare the users of Django with those here',
    description:
      'Says who leads, compares every field of every user, counts them by state, and lists the differences one by one.\n' +
      'A login here after the last one in Django is no difference. Changes nothing.\n' +
      'Once changes are exported: how many wait, for how long, and which users Django does not have as this service does, and why.\n' +
      'The exit code is 1 where something differs.\n' +
      'With --json: {"leader", "leads_since", "waiting_changes", "export", "not_exported", "users", "checksums", "blacklisted_tokens", "differences", "not_moved", "columns_not_moved"}.',
    examples: [
      'pnpm auth django status --source postgres://reader@db.example/django',
      'pnpm auth django status --source postgres://reader@db.example/django --json | jq .checksums',
    ],
  })
  addSourceOptions(command).action((options: JsonOption & SourceOptions) => status(cli, options))
}

interface Status extends Comparison {
  leader: Leadership['leader']
  leadsSince: string
  /** Changes that Django noted and `follow` has not applied yet; null: no feed is installed. */
  waitingChanges: number | null
  /** Changes here that `export` has not written yet; null: none are noted. */
  export: { waitingChanges: number; lagSeconds: number } | null
  notExported: ExportProblem[]
  notMoved: NotMoved[]
  columnsNotMoved: string[]
}

async function status(cli: Cli, options: JsonOption & SourceOptions): Promise<void> {
  assertSource(options)
  const found: Status = await withDatabase(cli, (admin) =>
    withSource(admin, options, async (source) => ({
      ...(await readLeader(admin)),
      waitingChanges: await countWaiting(source),
      export: await readExport(admin),
      notExported: await listExportProblems(admin, operator),
      ...(await compareSource(admin, operator, source)),
      notMoved: await source.listNotMoved(),
      columnsNotMoved: source.columnsNotMoved,
    })),
  )
  await cli.stdout.print(options.json ? [JSON.stringify(toSnakeCase(found))] : toLines(found))
  const { differences, blacklistedTokens: tokens } = found
  if (differences.length > 0 || tokens.deadHere < tokens.there) throw new ReportedError('Something differs.')
}

async function readLeader(admin: Admin): Promise<Pick<Status, 'leader' | 'leadsSince'>> {
  const { leader, since } = await getLeadership(admin)
  return { leader, leadsSince: toSeconds(since) }
}

async function readExport(admin: Admin): Promise<Status['export']> {
  const state = await getExportState(admin, operator)
  return state && { waitingChanges: state.waitingChanges, lagSeconds: Math.ceil(state.oldestSeconds) }
}

/** Most changes that are counted. */
const countedChanges = 10_000

async function countWaiting({ feed }: DjangoSource): Promise<number | null> {
  if (feed === undefined || !(await feed.isInstalled())) return null
  return (await feed.read(countedChanges)).length
}

function toLines({
  leader,
  leadsSince,
  waitingChanges,
  export: exported,
  notExported,
  users,
  checksums,
  blacklistedTokens,
  differences,
  notMoved,
  columnsNotMoved,
}: Status): string[] {
  const isEqual = checksums.there === checksums.here
  return [
    `${leader === 'django' ? 'Django' : 'This service'} leads since ${leadsSince}.`,
    ...(waitingChanges === null ? [] : [`Changes in Django that wait to be applied: ${waitingChanges}`]),
    ...(exported === null
      ? []
      : [
          `Changes here that wait to be exported: ${exported.waitingChanges}, the oldest for ${exported.lagSeconds} s`,
        ]),
    '',
    ...createTable(['USERS', 'COUNT'])(
      Object.entries(users).map(([state, count]) => [
        state.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
        String(count),
      ]),
    ),
    '',
    `Checksum there: ${checksums.there}`,
    `Checksum here:  ${checksums.here} (${isEqual ? 'equal' : 'different'})`,
    `Blacklisted tokens there: ${blacklistedTokens.there}, dead here: ${blacklistedTokens.deadHere}`,
    ...createTable(['DIFFERENCE', 'ID', 'FIELD', 'THERE', 'HERE'])(differences.map(toCells)),
    ...createTable(['NOT EXPORTED', 'WHY'])(
      notExported.map(({ userId, problem }) => [String(userId), problem]),
    ),
    ...createTable(['NOT MOVED', 'ROWS', 'CONTENT'])(
      notMoved.map(({ table, rows, content }) => [table, String(rows ?? 'not readable'), content ?? '']),
    ),
    ...createTable(['COLUMN NOT MOVED'])(columnsNotMoved.map((name) => [name])),
  ]
}

function toCells(difference: Status['differences'][number]): string[] {
  const { kind, id } = difference
  const name = kind.replaceAll('_', ' ')
  if (difference.kind !== 'field') return [name, String(id)]
  return [
    name,
    String(id),
    difference.field,
    JSON.stringify(difference.there),
    JSON.stringify(difference.here),
  ]
}
