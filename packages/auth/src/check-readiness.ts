import type { Auth } from './auth.ts'
import { findPendingMigrations } from './db/postgres/migrate.ts'
import { assertTakesWrites } from './db/postgres/server-facts.ts'

/**
 * Asks whether the database can serve this version. Returns the migrations that it lacks: none when
 * it is ready.
 * @throws what PostgreSQL reports when the database takes no writes or cannot be reached
 * @example
 * const { pendingMigrations } = await checkReadiness(auth)
 */
export async function checkReadiness({ db }: Pick<Auth, 'db'>): Promise<{ pendingMigrations: string[] }> {
  await assertTakesWrites(db)
  return { pendingMigrations: await findPendingMigrations(db) }
}
