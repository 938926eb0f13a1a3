import { createPool, type PoolCounts, type Statement } from '@pockitflyer/postgres-pool'
import { Kysely } from 'kysely'
import pg from 'pg'
import type { Database } from '../database.ts'
import { applicationName, Engine, EngineDialect } from './engine.ts'
import { toKyselyPool } from './kysely-pool.ts'
import { keepPool } from './pool-of.ts'

/** Where PostgreSQL is and how many connections may be open at once. */
export interface ConnectOptions {
  /**
   * One host, or several that replace one another: the pool connects to the one that takes writes.
   */
  url: string
  /** Default 10. */
  poolSize?: number
  /**
   * Called when an idle connection breaks, as in a restart of PostgreSQL; the pool replaces it.
   * Default: ignored.
   */
  onIdleError?: (error: Error) => void
  /**
   * Timeout of a statement in milliseconds. PostgreSQL cancels the statement; if the server is
   * silent too, the pool drops the connection half a second later. Without `prepares` only the
   * pool's timeout applies, without the half second. Default: none, as a migration needs it.
   */
  queryTimeoutMs?: number
  /**
   * Whether a connection prepares statements, so that PostgreSQL parses and plans each once. The
   * connection then starts with `options`, and sets `plan_cache_mode`. Set it to `false` behind a
   * pooler that assigns connections by transaction or rejects start-up parameters. Default: true.
   */
  prepares?: boolean
  /** Called after each statement that PostgreSQL answered. Default: not called. */
  onStatement?: (statement: Statement) => void
  /** Called once with the pool, to read its counts. */
  onPool?: (pool: PoolCounts) => void
}

/**
 * Opens a pool to PostgreSQL 15 or later. The first query opens the first connection;
 * `db.destroy()` closes the pool. That connection tells whether Citus is there, whose statements
 * have another form: restart a process after `create extension citus`. Waiting for a connection for
 * over 5 seconds is an error. `bigint` arrives as a JavaScript number.
 * @throws {UrlProblem} the URL cannot be used
 * @example
 * const db = connect({ url: 'postgres://user:password@localhost:5432/accounts' })
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
  const engine = new Engine()
  const pool = createPool({
    url,
    onOpen: async (client) => engine.open(client, { prepares }),
    max: poolSize,
    keepAlive: true,
    query_timeout: queryTimeoutMs,
    ...(prepares && {
      application_name: applicationName,
      options: indexScanOptions,
      statement_timeout: queryTimeoutMs,
      query_timeout: queryTimeoutMs === 0 ? 0 : queryTimeoutMs + silenceMs,
    }),
    types,
  })
  pool.on('error', onIdleError)
  onPool?.(pool)
  const dialect = new EngineDialect({ pool: toKyselyPool(pool, { prepares, onStatement }) }, engine)
  const db = new Kysely<Database>({ dialect })
  keepPool(db, pool)
  return db
}

/** The page costs of an SSD: otherwise PostgreSQL prefers sequential scans on small tables. */
const indexScanOptions = '-c random_page_cost=1.1'

/**
 * How long after the server's timeout the pool gives a statement up, in milliseconds: the server is
 * then silent rather than busy.
 */
const silenceMs = 500

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, parseInt8)

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}
