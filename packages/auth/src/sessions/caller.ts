import type { Transaction } from 'kysely'
import { findLiveSessionForUpdate, findUserForUpdate } from '../db/callers.ts'
import type { Database } from '../db/database.ts'
import { AuthError } from '../errors.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/** What decides whether the user of an access token may act. */
interface Caller {
  isActive: boolean
  hasLiveSession: boolean
  sessionsEndedAt: Date | null
}

/**
 * Returns the user of an access token when they may act. A token without `sid`, which the Django service minted, has no
 * session that could have ended: it counts until all sessions of its user are ended.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export function requireCaller<User extends Caller>(user: User | undefined, claims: TokenClaims): User {
  if (user === undefined) throw new AuthError('user_not_found')
  if (!user.isActive) throw new AuthError('user_inactive')
  if (claims.sid === undefined ? isOutlived(claims, user) : !user.hasLiveSession) {
    throw new AuthError('session_ended')
  }
  return user
}

function isOutlived({ iat = 0 }: TokenClaims, { sessionsEndedAt }: Caller): boolean {
  return sessionsEndedAt !== null && iat * 1000 < sessionsEndedAt.getTime()
}

/**
 * Locks the user of an access token and then its session, so that nothing that follows in the transaction is done for
 * somebody who was logged out before it. Everything that ends sessions of a user locks in this order.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function lockCaller(tx: Transaction<Database>, claims: TokenClaims): Promise<void> {
  const { user_id: userId, sid: sessionId } = claims
  const user = await findUserForUpdate(tx, userId)
  const session =
    sessionId === undefined ? undefined : await findLiveSessionForUpdate(tx, { sessionId, userId })
  requireCaller(user && { ...user, hasLiveSession: session !== undefined }, claims)
}
