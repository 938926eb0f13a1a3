import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'

/**
 * Brings the schema `flyers` up to date, making it if it is not there, and returns the names of the
 * migrations that it applied. Safe to run twice and from several processes at once: Kysely lets one
 * of them work at a time.
 * @throws {Error} when a migration fails; nothing of it is kept, and `cause` is what PostgreSQL
 *   said
 */
export async function migrateToLatest(db: Kysely<Database>): Promise<string[]> {
  const migrator = createMigrator(db, await findNewerMigrations(db))
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('A migration failed; nothing of it was kept.', { cause: error })
  return results.map(({ migrationName }) => migrationName)
}

/** The names of the migrations that the database still lacks. @throws when it cannot be asked */
export async function findPendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const all = await createMigrator(db).getMigrations()
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

/**
 * The names of the migrations that a newer version applied. @throws when the database cannot be
 * asked
 */
export async function findNewerMigrations(db: Kysely<Database>): Promise<string[]> {
  const table = await sql<{ exists: boolean }>`
    select to_regclass('flyers.migration') is not null as exists`.execute(db)
  if (!table.rows[0]?.exists) return []
  const { rows } = await sql<{ name: string }>`select name from flyers.migration order by name`.execute(db)
  return rows.map(({ name }) => name).filter((name) => migrations[name] === undefined)
}

/**
 * Names of its own: a Kysely that is told no schema takes a table of the default name in any schema
 * for its own. It refuses a database with a migration that it does not know, so those of newer
 * versions stand beside the known ones.
 */
function createMigrator(db: Kysely<Database>, newer: string[] = []): Migrator {
  const stubs = newer.map((name): [string, Migration] => [name, { up: async () => {} }])
  return new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations, ...Object.fromEntries(stubs) }) },
    migrationTableSchema: 'flyers',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
}
