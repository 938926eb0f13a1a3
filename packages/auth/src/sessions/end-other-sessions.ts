import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { revokeTokensIssuedBefore } from '../db/users.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { admitWrite } from './admit-write.ts'
import { lockUserAndSession } from './assert-session-active.ts'

/**
 * Revokes every session of the caller except the one that calls. A token without `sid`, which the
 * Django service signed, has no session: then all are revoked.
 * @throws {AuthError} user_not_found, user_inactive, session_ended; throttled
 */
export async function endOtherSessions(
  auth: Pick<Auth, 'db' | 'limits'>,
  { client, claims }: AuthenticatedCaller,
): Promise<Record<string, never>> {
  await admitWrite(auth, claims)
  await inUserTransaction(auth.db, claims.user_id, async (tx) => {
    await lockUserAndSession(tx, claims)
    await revokeTokensIssuedBefore(tx, claims.user_id)
    await revokeSessionsAndInsertEvents(tx, {
      because: 'user',
      client,
      userId: claims.user_id,
      exceptSessionId: claims.sid,
    })
  })
  return {}
}
