import type { Kysely, Transaction } from 'kysely'
import { findUserForUpdate } from '../db/users.ts'
import { findLiveSessionForUpdate } from '../db/sessions.ts'
import type { Database } from '../db/database.ts'
import { updateSessionDelivered } from '../db/by-engine.ts'
import { AuthError } from '../errors.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/** What decides whether the user of an access token may act. */
interface Caller {
  isActive: boolean
  hasLiveSession: boolean
  sessionsEndedAt: Date | null
  /** The generation of the token's session; null without one. */
  generation: number | null
  /** When the generation began, until a token of it is presented; null from then on. */
  undeliveredSince: Date | null
}

/**
 * Returns the user of an access token if they may act. A token without `sid`, which the Django
 * service signed, has no session: it counts until all sessions of its user are revoked. The first
 * call with a token of a generation notes that its pair was delivered; from then on the refresh
 * token before it counts as stolen.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function assertSessionActive<User extends Caller>(
  db: Kysely<Database>,
  user: User | undefined,
  claims: TokenClaims,
): Promise<User> {
  if (user === undefined) throw new AuthError('user_not_found')
  if (!user.isActive) throw new AuthError('user_inactive')
  if (claims.sid === undefined ? isOutlived(claims, user) : !user.hasLiveSession) {
    throw new AuthError('session_ended')
  }
  const { sid: sessionId, user_id: userId } = claims
  if (sessionId !== undefined && user.generation !== null && delivers(claims, user)) {
    await updateSessionDelivered(db, { sessionId, userId, generation: user.generation })
  }
  return user
}

/**
 * A token without `gen` comes from the version before. It belongs to this generation if it was
 * issued since the rotation.
 */
function delivers({ gen, iat = 0 }: TokenClaims, { generation, undeliveredSince }: Caller): boolean {
  if (undeliveredSince === null || generation === null) return false
  return gen === undefined ? (iat + 1) * 1000 > undeliveredSince.getTime() : gen >= generation
}

function isOutlived({ iat = 0 }: TokenClaims, { sessionsEndedAt }: Caller): boolean {
  return sessionsEndedAt !== null && iat * 1000 < sessionsEndedAt.getTime()
}

/**
 * Locks the user of an access token and then its session, so that the rest of the transaction does
 * nothing for a user who was logged out before it. Every revocation of a user's sessions locks in
 * this order.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function lockUserAndSession(tx: Transaction<Database>, claims: TokenClaims): Promise<void> {
  const { user_id: userId, sid: sessionId, leewaySeconds } = claims
  const user = await findUserForUpdate(tx, userId)
  const session =
    sessionId === undefined
      ? undefined
      : await findLiveSessionForUpdate(tx, { sessionId, userId, leewaySeconds })
  const { generation = null, undeliveredSince = null } = session ?? {}
  const hasLiveSession = session !== undefined
  await assertSessionActive(tx, user && { ...user, hasLiveSession, generation, undeliveredSince }, claims)
}
