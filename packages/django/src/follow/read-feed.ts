import { sql } from 'kysely'
import { tableSql } from '../source/catalog.ts'
import type { SourceDatabase } from '../source/connect-source.ts'
import type { SourceSchema } from '../source/schema.ts'
import type { Waiting } from '../status/drain.ts'
import { feedSql, lockTimeoutMs, toTableError, watchedTables } from './install-feed.ts'

/** A row of the feed: a user who changed, or a token that was blacklisted. */
export interface Change {
  change: string
  userId: number | null
  tokenId: number | null
}

/** Finds the first and the last change that waits. */
export async function findWaiting(db: SourceDatabase, schema: SourceSchema): Promise<Waiting> {
  const { rows } = await sql<Record<'oldest' | 'newest', string | null>>`
    select min(change)::text as oldest, max(change)::text as newest from ${feedSql(schema)}`.execute(db)
  const { oldest = null, newest } = rows[0] ?? {}
  return oldest === null ? null : { oldest: Number(oldest), newest: Number(newest) }
}

/** Reads the oldest changes of the feed. */
export async function readChanges(
  db: SourceDatabase,
  schema: SourceSchema,
  limit: number,
): Promise<Change[]> {
  const { rows } = await sql<Record<keyof Change, string | null> & { change: string }>`
    select change::text, user_id::text as "userId", token_id::text as "tokenId"
    from ${feedSql(schema)} order by pockitflyer_feed.change limit ${limit}`.execute(db)
  const toNumber = (text: string | null) => (text === null ? null : Number(text))
  return rows.map(({ change, userId, tokenId }) => ({
    change,
    userId: toNumber(userId),
    tokenId: toNumber(tokenId),
  }))
}

/** Deletes changes that were applied. */
export async function deleteChanges(
  db: SourceDatabase,
  schema: SourceSchema,
  changes: readonly Pick<Change, 'change'>[],
): Promise<void> {
  await sql`
    delete from ${feedSql(schema)} where change = any(${changes.map(({ change }) => change)}::bigint[])`.execute(
    db,
  )
}

/**
 * Runs work while no transaction writes what the feed watches: those that do end first, and later
 * ones wait.
 * @throws {SourceError} a transaction does not end within seconds
 */
export async function holdWrites<Result>(
  db: SourceDatabase,
  schema: SourceSchema,
  run: () => Promise<Result>,
): Promise<Result> {
  const tables = watchedTables(schema).map(({ table }) => tableSql(table))
  return db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(tx)
    await sql`lock table ${sql.join(tables)} in share mode`.execute(tx).catch((error: unknown) => {
      throw toTableError(error)
    })
    return run()
  })
}
