import type { User } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { findUserOfSession } from '../db/by-engine.ts'
import { assertSessionActive } from './assert-session-active.ts'
import { toUser } from './login.ts'

/**
 * Returns the user of an access token, as the database knows them now. One round trip.
 * @throws {AuthError} user_not_found, user_inactive; session_ended at once after a logout or
 *   revocation
 */
export async function me(
  auth: Pick<Auth, 'db' | 'settings'>,
  { claims }: AuthenticatedCaller,
): Promise<User> {
  const { user_id: userId, sid: sessionId, leewaySeconds } = claims
  const user = await findUserOfSession(auth.db, { userId, sessionId, leewaySeconds })
  return toUser(auth, await assertSessionActive(auth.db, user, claims))
}
