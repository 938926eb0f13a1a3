import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'

/** A change of one count: what is added to it, and how long it lasts if it begins with this. */
export interface RateLimitChange {
  key: string
  by: number
  windowSeconds: number
}

/** A count after a change, and in how many milliseconds it is over. */
export interface RateLimitCount {
  key: string
  value: number
  endsInMs: number
}

/** Changes of rate limits, a place in each list for one. */
export interface RateLimitColumns {
  keys: string[]
  bys: number[]
  windowsMs: number[]
}

/** Returns what a statement that holds `upsertCounts` is sent with. */
export function toColumns(changes: readonly RateLimitChange[]): RateLimitColumns {
  return {
    keys: changes.map(({ key }) => key),
    bys: changes.map(({ by }) => by),
    windowsMs: changes.map(({ windowSeconds }) => windowSeconds * 1000),
  }
}

/**
 * The time of PostgreSQL in epoch milliseconds: servers whose clocks differ agree on when a window
 * is over.
 */
const nowMs = sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`

const isLive = sql<boolean>`(r.expire > ${nowMs} and r.points > 0)`

/**
 * SQL that changes counts and returns them. `changes` selects `key`, `by` and `window_ms`. Every
 * statement takes the counts in the order of their keys: two of them never wait for each other.
 * What is taken from a count that is not there leaves a row that is over.
 */
export const upsertCounts = (changes: RawBuilder<unknown>): RawBuilder<RateLimitCount> => sql<RateLimitCount>`
  insert into rate_limits as r (key, points, expire)
  select c.key, c.by, ${nowMs} + case when c.by > 0 then c.window_ms else 0 end
  from (${changes}) as c order by c.key collate "C"
  on conflict (key) do update set
    points = greatest(0, case when ${isLive} then r.points else 0 end + excluded.points),
    expire = case when ${isLive} then r.expire else excluded.expire end
  returning key, greatest(0, points) as value, greatest(0, expire - ${nowMs}) as "endsInMs"`

/** SQL for the rows that `upsertCounts` changes: those of the columns. */
export const changesOf = ({
  keys,
  bys,
  windowsMs,
}: Placeholders<RateLimitColumns>): RawBuilder<unknown> => sql`
  select * from unnest(${keys}::text[], ${bys}::int[], ${windowsMs}::bigint[]) as c (key, by, window_ms)`

/** Changes counts, each of another key, and returns them in any order. */
export const upsertRateLimits = compiledQuery((db, columns: Placeholders<RateLimitColumns>) => ({
  compile: () => upsertCounts(changesOf(columns)).compile(db),
}))

/** Reads counts, in any order; one that is over has no row. */
export const selectRateLimits = compiledQuery((db, { keys }: Placeholders<RateLimitColumns>) => ({
  compile: () =>
    sql<RateLimitCount>`
      select r.key, r.points as value, r.expire - ${nowMs} as "endsInMs"
      from unnest(${keys}::text[]) as c (key) join rate_limits as r on r.key = c.key
      where ${isLive}`.compile(db),
}))

/** Most rows that one statement removes: a longer one would hold their locks for longer. */
const clearBatch = 10_000

/**
 * Removes counts that are over, by the index of their ends, and returns how many. While another
 * process does it, an advisory lock keeps this one from it: it removes none.
 */
export async function deleteEndedRateLimits(db: Kysely<Database>): Promise<number> {
  let cleared = 0
  for (;;) {
    const { numAffectedRows = 0n } = await clearing.execute(db)
    cleared += Number(numAffectedRows)
    if (numAffectedRows < clearBatch) return cleared
  }
}

const clearing = sql`
  delete from rate_limits
  where (select pg_try_advisory_xact_lock(hashtext('pockitflyer-auth rate limits')))
    and key in (
      select key from rate_limits where expire < ${nowMs} order by expire limit ${sql.lit(clearBatch)} for update skip locked
    )`
