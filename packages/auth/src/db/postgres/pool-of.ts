import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database.ts'

const pools = new WeakMap<Kysely<Database>, pg.Pool>()

/** Remembers the pool of a database, for a library that takes no Kysely. */
export function keepPool(db: Kysely<Database>, pool: pg.Pool): void {
  pools.set(db, pool)
}

/**
 * Returns the pool of a database that `connect` opened.
 * @throws {TypeError} for any other
 */
export function getPool(db: Kysely<Database>): pg.Pool {
  const pool = pools.get(db)
  if (pool === undefined) throw new TypeError('connect() did not open this database')
  return pool
}
