import { createPool } from '@pockitflyer/postgres-pool'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from '../database.ts'
import { type Statement, toKyselyPool } from './kysely-pool.ts'

/** Where PostgreSQL is and how many connections may be open at once. */
export interface ConnectOptions {
  /**
   * Of one host, or of several that stand in for one another: connections are to the one that takes
   * writes.
   */
  url: string
  /** Default 10. */
  poolSize?: number
  /**
   * Hears of idle connections that break (a restart of PostgreSQL); the pool replaces them by
   * itself. Default: ignored.
   */
  onIdleError?: (error: Error) => void
  /**
   * A statement that takes longer is an error: PostgreSQL ends it, or half a second later, when the
   * server is silent too, its connection is given up. Without `prepares` only the latter, after the
   * time itself. Default: none, as a migration needs it.
   */
  queryTimeoutMs?: number
  /**
   * Whether statements are prepared: parsed and planned once a connection, for which the connection
   * begins with `options`. Not behind a pooler that hands out connections by transaction or lets no
   * start-up parameters pass: `false` sends none but user and database. Default: true.
   */
  prepares?: boolean
  /** Hears of each statement that was answered. Default: nobody does. */
  onStatement?: (statement: Statement) => void
  /** Is handed the pool, to watch its counts. */
  onPool?: (pool: PoolCounts) => void
}

/**
 * How many connections there are, how many of them do nothing, and how many statements wait for
 * one.
 */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/**
 * Opens a pool to PostgreSQL 15 or later. Nothing is sent before the first query; `db.destroy()`
 * closes it. A connection that cannot be had within 5 seconds is an error. `bigint` arrives as a
 * JavaScript number.
 * @throws {UrlProblem} the URL cannot be used
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
  const pool = createPool({
    url,
    max: poolSize,
    keepAlive: true,
    query_timeout: queryTimeoutMs,
    ...(prepares && {
      application_name: 'pockitflyer-auth',
      options: indexScanOptions,
      statement_timeout: queryTimeoutMs,
      query_timeout: queryTimeoutMs === 0 ? 0 : queryTimeoutMs + silenceMs,
    }),
    types,
  })
  pool.on('error', onIdleError)
  onPool?.(pool)
  return new Kysely({ dialect: new PostgresDialect({ pool: toKyselyPool(pool, { prepares, onStatement }) }) })
}

/**
 * Forces generic plans and SSD page costs: otherwise PostgreSQL replans array parameters on every
 * call and prefers sequential scans on small tables.
 */
const indexScanOptions = '-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1'

/**
 * How much later than the server we give a statement up, in milliseconds: then the server is not
 * busy, but silent.
 */
const silenceMs = 500

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, parseInt8)

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}
