import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Admin } from './admin.ts'

/** How long a lock may be waited for: what needs the same lock queues behind it. */
const lockTimeoutMs = 3000

/**
 * Runs a transaction that locks a table, or all accounts, for a moment.
 * @throws PostgreSQL's lock timeout (55P03)
 */
export async function inShortTransaction<Result>(
  db: Admin['db'],
  run: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(tx)
    return run(tx)
  })
}
