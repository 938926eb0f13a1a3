import type { Auth } from '../auth.ts'
import { findUserOfSession } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import type { User } from '../schema.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { toUser } from './login.ts'

/**
 * The user of an access token, as the database knows them now. One round trip.
 * @throws {AuthError} user_not_found, user_inactive; session_ended at once after a logout or revocation
 */
export async function me(auth: Auth, claims: TokenClaims): Promise<User> {
  const user = await findUserOfSession(auth.db, { userId: claims.user_id, sessionId: claims.sid })
  if (user === undefined) throw new AuthError('user_not_found')
  if (!user.isActive) throw new AuthError('user_inactive')
  if (claims.sid === undefined ? isOutlived(claims, user.sessionsEndedAt) : !user.hasLiveSession) {
    throw new AuthError('session_ended')
  }
  return toUser(user)
}

/** A token without a session, minted by the Django service, counts until all of its user's sessions are ended. */
function isOutlived({ iat = 0 }: TokenClaims, sessionsEndedAt: Date | null): boolean {
  return sessionsEndedAt !== null && iat * 1000 < sessionsEndedAt.getTime()
}
