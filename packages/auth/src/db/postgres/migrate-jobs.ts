import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { getPool } from './pool-of.ts'

/**
 * Installs or upgrades the schema `graphile_worker`, the queue of jobs. Safe to run twice and from
 * several processes at once; a version newer than this package's stays as it is.
 */
export async function migrateJobs(db: Kysely<Database>): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker') // The API does not load it.
  const logger = new Logger(() => () => {})
  await runMigrations({ pgPool: getPool(db), logger })
}
