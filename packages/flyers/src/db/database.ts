import { createPool, errorCode, type PoolCounts, type Statement } from '@pockitflyer/postgres-pool'
import { type Generated, Kysely, PostgresDialect } from 'kysely'

interface FlyersTable {
  id: string
  author_id: number
  title: string
  body: string
  created_at: Generated<Date>
}

/**
 * The tables of this service, all in the PostgreSQL schema `flyers`, so that a database may be
 * shared with other services.
 */
export interface Database {
  'flyers.flyers': FlyersTable
}

/** Where PostgreSQL is. */
export interface ConnectOptions {
  /**
   * Of one host, or of several that stand in for one another: connections are to the one that takes
   * writes.
   */
  url: string
  /** A statement that takes longer is an error. Default: none, as a migration needs it. */
  queryTimeoutMs?: number
  /**
   * Receives the errors of idle connections that break; the pool replaces them by itself. Default:
   * ignored.
   */
  onIdleError?: (error: Error) => void
  /** Called after each statement that PostgreSQL answered. Default: not called. */
  onStatement?: (statement: Statement) => void
  /** Called once with the pool, to read its counts. */
  onPool?: (pool: PoolCounts) => void
}

/**
 * Opens a pool to PostgreSQL 15 or later. Nothing is sent before the first query; `db.destroy()`
 * closes it. No start-up parameter is sent, so that every pooler lets it in.
 */
export function connect({
  url,
  queryTimeoutMs = 0,
  onIdleError = () => {},
  onStatement,
  onPool,
}: ConnectOptions): Kysely<Database> {
  const pool = createPool({ url, query_timeout: queryTimeoutMs })
  pool.on('error', onIdleError)
  onPool?.(pool)
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement && {
      log: (event) =>
        onStatement({
          sql: event.query.sql,
          durationMs: event.queryDurationMillis,
          errorCode: event.level === 'error' ? (errorCode(event.error) ?? 'unknown') : undefined,
        }),
    }),
  })
}
