import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'
import { PooledDatabase, type Statement } from './pooled-database.ts'
import { createNames } from './prepared.ts'

/** Where PostgreSQL is and how many connections may be open at once. */
export interface ConnectOptions {
  url: string
  /** Default 10. */
  poolSize?: number
  /** Hears of idle connections that break (a restart of PostgreSQL); the pool replaces them by itself. Default: ignored. */
  onIdleError?: (error: Error) => void
  /** A statement that takes longer is an error; when the server is silent too, half a second later. Default: none, as a migration needs it. */
  queryTimeoutMs?: number
  /**
   * Whether statements are prepared: parsed and planned once a connection, for which the connection begins with `options`. Not behind a
   * pooler that hands out connections by transaction. Default: true.
   */
  prepares?: boolean
  /** Hears of each statement that was answered. Default: nobody does. */
  onStatement?: (statement: Statement) => void
  /** Is handed the pool, to watch its counts. */
  onPool?: (pool: PoolCounts) => void
}

/** How many connections there are, how many of them do nothing, and how many statements wait for one. */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/**
 * Opens a pool to PostgreSQL 15 or later. Nothing is sent before the first query; `db.destroy()` closes it.
 * A connection that cannot be had within 5 seconds is an error. `bigint` arrives as a JavaScript number.
 */
export function connect({
  url,
  poolSize = 10,
  onIdleError = () => {},
  queryTimeoutMs = 0,
  prepares = true,
  onStatement,
  onPool,
}: ConnectOptions): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    statement_timeout: queryTimeoutMs,
    query_timeout: queryTimeoutMs === 0 ? 0 : queryTimeoutMs + silenceMs,
    application_name: 'pockitflyer-auth',
    ...(prepares && { options: byIndex }),
    types,
  })
  pool.on('error', onIdleError)
  pool.on('connect', surviveErrors)
  pool.on('release', (_, client) => dropUnanswered(client))
  onPool?.(pool)
  return new PooledDatabase(pool, { nameOf: prepares ? createNames() : undefined, onStatement })
}

/**
 * Every statement finds its rows by index whatever the values: PostgreSQL need not plan anew for each, as it else does for arrays, nor
 * think of disks that turn and read the whole of a small table instead.
 */
const byIndex = '-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1'

/** How much later than the server we give a statement up, in milliseconds: then the server is not busy, but silent. */
const silenceMs = 500

/** A connection that breaks while it is used fails its statement; that it also emits an error would end the process. */
function surviveErrors(client: pg.PoolClient): void {
  client.on('error', () => {})
}

/**
 * A connection whose last statement nobody answered may be dead without either end knowing: nobody shall have it next. One that is not
 * ready yet may be well: PostgreSQL tells an error, and then, in a packet of its own, that it is ready.
 */
function dropUnanswered(client: pg.PoolClient): void {
  // oxlint-disable-next-line no-underscore-dangle -- pg tells it by no other name without a warning
  if ('_activeQuery' in client && client._activeQuery !== null) void client.end()
}

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, parseInt8)

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}
