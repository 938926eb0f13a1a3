import { type Generated, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

interface FlyersTable {
  id: string
  author_id: number
  title: string
  body: string
  created_at: Generated<Date>
}

/** The tables of this service, all in the PostgreSQL schema `flyers`, so that a database may be shared with other services. */
export interface Database {
  'flyers.flyers': FlyersTable
}

/** Where PostgreSQL is. */
export interface ConnectOptions {
  url: string
  /** A statement that takes longer is an error. Default: none, as a migration needs it. */
  queryTimeoutMs?: number
  /** Hears of idle connections that break; the pool replaces them by itself. Default: ignored. */
  onIdleError?: (error: Error) => void
}

/** Opens a pool to PostgreSQL 15 or later. Nothing is sent before the first query; `db.destroy()` closes it. */
export function connect({
  url,
  queryTimeoutMs = 0,
  onIdleError = () => {},
}: ConnectOptions): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    query_timeout: queryTimeoutMs,
    application_name: 'pockitflyer-flyers',
  })
  pool.on('error', onIdleError)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
