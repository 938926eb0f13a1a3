import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from '../database.ts'
import { migrations } from '../migrations/index.ts'
import type { Report } from '../migrations/stepwise.ts'

/**
 * A migration that failed. `cause` is the error of PostgreSQL.
 * @example if (error instanceof MigrationError) console.error(error.message, error.cause)
 */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** How to migrate. */
export interface MigrateOptions {
  /** Longest time that a migration waits for a table. Default 3000. */
  lockTimeoutMs?: number
  /** Called with the progress of a long migration. */
  report?: Report
}

/**
 * Applies the migrations that the schema lacks and then calls `finish`, under an advisory lock that
 * one process holds at a time. Returns their names.
 * @throws {MigrationError}
 */
export async function applyMigrations(
  db: Kysely<Database>,
  { lockTimeoutMs = 3000, report = () => {} }: MigrateOptions,
  finish: (connection: Kysely<Database>, found: { wasEmpty: boolean }) => Promise<void>,
): Promise<string[]> {
  return withSchemaLock(db, async (connection) => {
    const migrator = await createMigrator(connection, report)
    const pending = await findPendingMigrations(connection)
    for (const name of pending) {
      await sql`set lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(connection)
      await apply(migrator, name)
    }
    await finish(connection, { wasEmpty: pending.length === Object.keys(migrations).length })
    return pending
  })
}

/** Runs work on one connection, under the advisory lock of what changes the schema. */
export async function withSchemaLock<Result>(
  db: Kysely<Database>,
  work: (connection: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await lock(connection)
    try {
      return await work(connection)
    } finally {
      await unlock(connection)
    }
  })
}

const lockPollMs = 100

/**
 * Polls. A statement that waits for the lock would hold a snapshot, and `create index concurrently`
 * of the lock's holder would wait for that snapshot.
 */
async function lock(db: Kysely<Database>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ isHeld: boolean }>`
      select pg_try_advisory_lock(hashtext('pockitflyer-auth migrations')) as "isHeld"`.execute(db)
    if (rows[0]?.isHeld) return
    await delay(lockPollMs)
  }
}

/**
 * Ignores errors: a broken connection has released the lock, and the first error is the one to
 * report.
 */
async function unlock(db: Kysely<Database>): Promise<void> {
  await sql`reset lock_timeout`
    .execute(db)
    .then(() => sql`select pg_advisory_unlock(hashtext('pockitflyer-auth migrations'))`.execute(db))
    .catch(() => {})
}

/**
 * Returns a migrator that accepts the migrations of newer versions: Kysely refuses a database with
 * unknown ones.
 */
async function createMigrator(db: Kysely<Database>, report: Report): Promise<Migrator> {
  const known = Object.entries(migrations).map(([name, migration]): [string, Migration] => [
    name,
    { up: (db) => migration.up(db, report) },
  ])
  const newer = (await findNewerMigrations(db)).map((name): [string, Migration] => [
    name,
    { up: async () => {} },
  ])
  return new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries([...known, ...newer]) },
  })
}

async function apply(migrator: Migrator, name: string): Promise<void> {
  const isStepwise = migrations[name]?.isStepwise === true
  const { error } = await migrator.migrateTo(name, { disableTransactions: isStepwise })
  if (error === undefined) return
  const kept = isStepwise ? 'the next run goes on where it stopped' : 'nothing of it was kept'
  throw new MigrationError(`A migration failed; ${kept}.`, { cause: error })
}

/**
 * Returns the names of the migrations that the database lacks; none when it is ready for this
 * version.
 * @throws when the database does not answer
 * @example const isReady = (await findPendingMigrations(admin.db)).length === 0
 */
export async function findPendingMigrations(db: Kysely<Database>): Promise<string[]> {
  const applied = new Set(await listApplied(db))
  return Object.keys(migrations).filter((name) => !applied.has(name))
}

/**
 * Returns the names of the migrations that a newer version applied. Each is safe beside the version
 * before it.
 * @throws when the database does not answer
 * @example const isOutdatedVersion = (await findNewerMigrations(admin.db)).length > 0
 */
export async function findNewerMigrations(db: Kysely<Database>): Promise<string[]> {
  return (await listApplied(db)).filter((name) => migrations[name] === undefined)
}

async function listApplied(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{
    exists: boolean
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db)
  if (!rows[0]?.exists) return []
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return applied.rows.map(({ name }) => name)
}
