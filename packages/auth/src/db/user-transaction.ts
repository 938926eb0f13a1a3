import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'

/** For each database the end of the line of every user whose transactions wait or run. */
const lines = new WeakMap<Kysely<Database>, Map<number, Promise<unknown>>>()

/**
 * Runs a transaction that locks rows of one user. Those of a user run one after the other in this
 * process: each would wait for the locks of the one before, on a connection of its own, and a batch
 * of one user's calls would take the whole pool.
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
