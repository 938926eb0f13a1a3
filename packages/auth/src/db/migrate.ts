import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'

/** A migration that failed. `cause` is what PostgreSQL said. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Brings the schema up to date and returns the names of the migrations that it applied, none if it was up to date.
 * Safe to run twice and from several processes at once: an advisory lock lets one of them work while the others wait. Safe beside
 * a server of the version before: a migration waits at most `lockTimeoutMs` (default 3000) for a table, since whoever needs that
 * table queues behind it for as long.
 * @throws {MigrationError} when a migration fails; its transaction is rolled back
 */
export async function migrateToLatest(
  db: Kysely<Database>,
  { lockTimeoutMs = 3000 }: { lockTimeoutMs?: number } = {},
): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtext('pockitflyer-auth migrations'))`.execute(connection)
    await sql`set lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(connection)
    try {
      const migrator = new Migrator({ db: connection, provider: { getMigrations: async () => migrations } })
      const { error, results = [] } = await migrator.migrateToLatest()
      if (error !== undefined)
        throw new MigrationError('A migration failed; nothing of it was kept.', { cause: error })
      return results.map(({ migrationName }) => migrationName)
    } finally {
      await sql`reset lock_timeout`.execute(connection)
      await sql`select pg_advisory_unlock(hashtext('pockitflyer-auth migrations'))`.execute(connection)
    }
  })
}

/**
 * The names of the migrations that the database still lacks; none when it is ready for this version.
 * @throws when the database cannot be asked.
 */
export async function findPendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const names = Object.keys(migrations)
  const { rows } = await sql<{
    exists: boolean
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db)
  if (!rows[0]?.exists) return names
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const done = new Set(applied.rows.map(({ name }) => name))
  return names.filter((name) => !done.has(name))
}
