import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'

/** The last transaction in the queue of each user, for each database. */
const lines = new WeakMap<Kysely<Database>, Map<number, Promise<unknown>>>()

/**
 * Runs a transaction that locks rows of one user. In this process such transactions of a user run
 * one after the other. Otherwise each would hold a connection while it waits for the locks of the
 * one before, and a batch of one user's calls would take the whole pool.
 */
export async function inUserTransaction<Result>(
  db: Kysely<Database>,
  userId: number,
  run: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  const users = lines.get(db) ?? new Map<number, Promise<unknown>>()
  lines.set(db, users)
  const turn = async () => db.transaction().execute(run)
  const result = (users.get(userId) ?? Promise.resolve()).then(turn)
  const end = result.catch(() => {})
  users.set(userId, end)
  void end.then(() => users.get(userId) === end && users.delete(userId))
  return result
}
