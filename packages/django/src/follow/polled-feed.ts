import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { SourceError } from '../source-error.ts'
import { type Table, tableSql } from '../source/catalog.ts'
import type { SourceDatabase } from '../source/connect-source.ts'
import type { SourceSchema } from '../source/schema.ts'
import { onSource } from '../source/source-failure.ts'
import { type ChangeFeed, createChangeFeed } from './change-feed.ts'
import { hasFeed } from './install-feed.ts'
import type { Change } from './read-feed.ts'

/** Rows of so many ids have one checksum, and are read anew once it changes. */
const rangeSize = 100

/** How long the transactions that write may take to end. */
const writesTimeoutMs = 3000

const pollMs = 50

/**
 * Creates a feed for a role that may only read: without triggers, it finds changes by comparing
 * each range of ids with the comparison before. What it knows lives as long as the process;
 * `install` makes the first comparison. `read` returns every id of a range that changed, so that
 * deletions are among them, and at least one range whole. It rests as long as the last comparison
 * took: half of one core of Django's database at most.
 */
export function createPolledFeed(db: SourceDatabase, schema: SourceSchema, url: string): ChangeFeed {
  let known: Checksums | undefined
  let mayCompareAt = 0
  const waiting = new Set<string>()
  async function compare(): Promise<string[]> {
    await wait(Math.max(0, mayCompareAt - performance.now()))
    const startedAt = performance.now()
    const [before, now] = [known, await onSource(url, () => readChecksums(db, schema))]
    const endedAt = performance.now()
    mayCompareAt = endedAt + (endedAt - startedAt)
    known = now
    return listChanged(before ?? new Map(), now)
  }
  async function read(limit: number): Promise<Change[]> {
    if (waiting.size === 0) for (const range of await compare()) waiting.add(range)
    return [...waiting].slice(0, Math.ceil(limit / rangeSize)).flatMap(toChanges)
  }
  return {
    ...createChangeFeed(db, schema, url),
    isInstalled: async () => known !== undefined,
    async install() {
      if (await onSource(url, () => hasFeed(db, schema))) throw new SourceError(hasTriggers)
      await compare()
    },
    // Ranges have no order: all that wait are one.
    findWaiting: async () => ((await read(1)).length > 0 ? { oldest: 0, newest: 0 } : null),
    read,
    holdWrites: (run) => runAfterWrites(db, url, run),
    async delete(changes) {
      for (const { change } of changes) waiting.delete(change)
    },
  }
}

const hasTriggers =
  'The source has the triggers of pnpm auth django follow: leave --poll out, or remove them with --remove-feed.'

/** By range: `users 12` has the users with ids from 1200 to 1299. */
type Checksums = ReadonlyMap<string, string>

/**
 * Sums a hash of each row version by range: an insert, an update and a deletion each change the
 * sum. `xmin`, the transaction that wrote the version, is compared for equality alone, so neither
 * its wraparound nor a transaction that commits late hides a change. It scans every table: for a
 * million users with profiles, 1.3 seconds on a busy machine.
 */
async function readChecksums(db: SourceDatabase, schema: SourceSchema): Promise<Checksums> {
  const { rows } = await sql<{ range: string; checksum: string }>`
    select concat_ws(' ', kind, id / ${sql.lit(rangeSize)}) as range, sum(hashtextextended(version, 0))::text as checksum
    from (${sql.join(selectVersions(schema), sql` union all `)}) as versions
    where id > 0 group by kind, id / ${sql.lit(rangeSize)}`.execute(db)
  return new Map(rows.map(({ range, checksum }) => [range, checksum]))
}

function selectVersions({ users, profile, groups, emailAddresses, blacklist }: SourceSchema) {
  const versions = (kind: 'users' | 'tokens', table: Table, id: string) => sql`
    select ${sql.lit(kind)} as kind, ${sql.id('t', id)}::bigint as id, concat_ws(' ', t.tableoid, t.ctid, t.xmin) as version
    from ${tableSql(table)} as t`
  const groupNames =
    groups &&
    sql`
      select 'users', ${sql.id('m', groups.user)}, concat_ws(' ', g.tableoid, g.ctid, g.xmin)
      from ${tableSql(groups.members)} as m join ${tableSql(groups.groups)} as g on g.id = m.group_id`
  return [
    versions('users', users.table, users.id),
    profile && profile.table !== users.table && versions('users', profile.table, profile.user),
    groups && versions('users', groups.members, groups.user),
    groupNames,
    emailAddresses && versions('users', emailAddresses, 'user_id'),
    blacklist && versions('tokens', blacklist.blacklisted, 'id'),
  ].filter((select) => typeof select === 'object')
}

function listChanged(before: Checksums, now: Checksums): string[] {
  const ranges = new Set([...before.keys(), ...now.keys()])
  return [...ranges].filter((range) => before.get(range) !== now.get(range))
}

function toChanges(range: string): Change[] {
  const [kind, number] = range.split(' ')
  const first = Number(number) * rangeSize
  return Array.from({ length: rangeSize }, (_, at) => first + at)
    .filter((id) => id > 0)
    .map((id) => ({
      change: range,
      userId: kind === 'users' ? id : null,
      tokenId: kind === 'tokens' ? id : null,
    }))
}

/**
 * Runs work once every transaction has ended that was writing: a role that may only read cannot
 * hold later ones.
 * @throws {SourceError} one does not end within seconds; the source is a standby
 */
async function runAfterWrites<Result>(
  db: SourceDatabase,
  url: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + writesTimeoutMs
  const { isStandby, next } = await onSource(url, () => readTransactions(db))
  if (isStandby) throw new SourceError('The source is a standby, which may lag behind: name the primary.')
  while ((await onSource(url, () => readTransactions(db))).oldest < next) {
    if (Date.now() > deadline)
      throw new SourceError('A long transaction writes in the source: try again when it is over.')
    await wait(pollMs)
  }
  return run()
}

/** The oldest transaction that is running, and the one that begins next. */
async function readTransactions(
  db: SourceDatabase,
): Promise<{ isStandby: boolean; oldest: bigint; next: bigint }> {
  const { rows } = await sql<{ isStandby: boolean; oldest: string; next: string }>`
    select pg_is_in_recovery() as "isStandby", pg_snapshot_xmin(snapshot)::text as oldest, pg_snapshot_xmax(snapshot)::text as next
    from pg_current_snapshot() as snapshot`.execute(db)
  const { isStandby = true, oldest = '0', next = '0' } = rows[0] ?? {}
  return { isStandby, oldest: BigInt(oldest), next: BigInt(next) }
}
