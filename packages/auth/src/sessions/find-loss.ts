import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { isUserThere } from '../db/users.ts'

/** Why there is no session to a token that we signed: its user is gone, or the session alone. */
export async function findLoss(
  db: Kysely<Database>,
  userId: number,
): Promise<'account_unavailable' | 'session_ended'> {
  return (await isUserThere(db, userId)) ? 'session_ended' : 'account_unavailable'
}
