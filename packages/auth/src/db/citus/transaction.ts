import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** Runs statements in the transaction that `db` is, or in one of their own. */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  run: (tx: Kysely<Database> | Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? run(db) : db.transaction().execute(run)
}
