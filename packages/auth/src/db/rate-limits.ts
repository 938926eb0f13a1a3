import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'

/** Changes of rate limits, a place in each list for one. */
interface Changes {
  keys: string[]
  bys: number[]
  windowsMs: number[]
}

interface CountRow {
  key: string
  value: number
  endsInMs: number
}

/**
 * The time of PostgreSQL in epoch milliseconds: servers whose clocks differ agree on when a window
 * is over.
 */
const nowMs = sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`

const isLive = sql<boolean>`(r.expire > ${nowMs} and r.points > 0)`

/** What is taken from a count that is not there leaves a row that is over. */
export const upsertRateLimits = compiledQuery((db, { keys, bys, windowsMs }: Placeholders<Changes>) => ({
  compile: () =>
    sql<CountRow>`
      insert into rate_limits as r (key, points, expire)
      select c.key, c.by, ${nowMs} + case when c.by > 0 then c.window_ms else 0 end
      from unnest(${keys}::text[], ${bys}::int[], ${windowsMs}::bigint[]) as c (key, by, window_ms)
      on conflict (key) do update set
        points = greatest(0, case when ${isLive} then r.points else 0 end + excluded.points),
        expire = case when ${isLive} then r.expire else excluded.expire end
      returning key, greatest(0, points) as value, greatest(0, expire - ${nowMs}) as "endsInMs"`.compile(db),
}))

export const selectRateLimits = compiledQuery((db, { keys }: Placeholders<Changes>) => ({
  compile: () =>
    sql<CountRow>`
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
