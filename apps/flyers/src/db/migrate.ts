import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'

/**
 * Brings the schema `flyers` up to date, making it if it is not there, and returns the names of the migrations that it applied. Safe to
 * run twice and from several processes at once: Kysely lets one of them work at a time.
 * @throws {Error} when a migration fails; nothing of it is kept, and `cause` is what PostgreSQL said
 */
export async function migrateToLatest(db: Kysely<Database>): Promise<string[]> {
  const { error, results = [] } = await createMigrator(db).migrateToLatest()
  if (error !== undefined) throw new Error('A migration failed; nothing of it was kept.', { cause: error })
  return results.map(({ migrationName }) => migrationName)
}

/** The names of the migrations that the database still lacks. @throws when it cannot be asked */
export async function findPendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const all = await createMigrator(db).getMigrations()
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

/** Names of its own: a Kysely that is told no schema takes a table of the default name in any schema for its own. */
function createMigrator(db: Kysely<Database>): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'flyers',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
}
