import type { Auth } from '../auth.ts'
import { findUserOfSession } from '../db/by-engine.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { assertSessionActive } from './assert-session-active.ts'

/**
 * Counts a change before it takes a transaction. A token whose session has ended takes nothing from
 * the owner's limit.
 * @throws {AuthError} throttled; user_not_found, user_inactive, session_ended
 */
export async function admitWrite(auth: Pick<Auth, 'db' | 'limits'>, claims: TokenClaims): Promise<void> {
  const { user_id: userId, sid: sessionId, leewaySeconds } = claims
  const user = await findUserOfSession(auth.db, { userId, sessionId, leewaySeconds })
  await assertSessionActive(auth.db, user, claims)
  await auth.limits.writes.consume(String(userId))
}
