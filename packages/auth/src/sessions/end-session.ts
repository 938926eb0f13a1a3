import { z } from 'zod'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { AuthError } from '../errors.ts'
import { admitWrite } from './admit-write.ts'
import { lockUserAndSession } from './assert-session-active.ts'

/**
 * Revokes one session of the caller, possibly the one that calls.
 * @throws {AuthError} not_found: the caller has no such live session; user_not_found,
 *   user_inactive, session_ended; throttled
 */
export async function endSession(
  auth: Pick<Auth, 'db' | 'limits'>,
  { client, claims }: AuthenticatedCaller,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const sessionId = z.uuid().safeParse(id).data
  await admitWrite(auth, claims)
  const ended = await inUserTransaction(auth.db, claims.user_id, async (tx) => {
    await lockUserAndSession(tx, claims)
    if (sessionId === undefined) return 0
    return revokeSessionsAndInsertEvents(tx, { because: 'user', client, userId: claims.user_id, sessionId })
  })
  if (ended === 0) throw new AuthError('not_found')
  return {}
}
