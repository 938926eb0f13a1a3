import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { insertEmailsAndCollisionsOfUsers } from '../db/by-engine.ts'
import { contract } from '../db/postgres/contract.ts'
import { createEventMonths } from '../db/postgres/event-months.ts'
import { migrateJobs } from '../db/postgres/migrate-jobs.ts'
import { applyMigrations, type MigrateOptions as ApplyOptions } from '../db/postgres/migrate.ts'

/** How to migrate. */
export interface MigrateOptions extends ApplyOptions {
  /**
   * Whether to drop what only the version before needs, once none of its servers runs. Default: in
   * a database that was empty.
   */
  contracts?: boolean
}

/**
 * Brings the schema up to date and returns the names of the migrations that it applied: none when
 * the schema was up to date or is newer. Safe to run twice and from several processes at once: an
 * advisory lock lets one of them work while the others wait. Safe beside a server of the version
 * before: a migration waits at most `lockTimeoutMs` (default 3000) for a table, since every query
 * of that table queues behind it for as long.
 * The schema `graphile_worker` of the job queue comes first; the partitions of the coming months
 * come last.
 * @throws {MigrationError} when a migration fails; its transaction is rolled back. What a stepwise
 *   one did stays, and the next run goes on from there
 * @example
 * const db = connect({ url: 'postgres://localhost/pockitflyer' })
 * console.log(await migrateToLatest(db))
 */
export async function migrateToLatest(
  db: Kysely<Database>,
  { contracts, ...options }: MigrateOptions = {},
): Promise<string[]> {
  await migrateJobs(db)
  return applyMigrations(db, options, async (connection, { wasEmpty }) => {
    if (contracts ?? wasEmpty) await contract(connection)
    await createEventMonths(connection)
    while ((await insertEmailsAndCollisionsOfUsers(connection)) > 0)
      options.report?.('emails: users of the version before')
  })
}
