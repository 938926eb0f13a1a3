import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { isUserThere } from '../db/users.ts'

/** Returns why a token that we signed has no session: its user is gone, or only the session. */
export async function findLoss(
  db: Kysely<Database>,
  userId: number,
): Promise<'account_unavailable' | 'session_ended'> {
  return (await isUserThere(db, userId)) ? 'session_ended' : 'account_unavailable'
}
