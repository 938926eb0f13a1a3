import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { EventKind } from '../db/event-kinds.ts'
import { findPasswordOfCaller } from '../db/password-hashes.ts'
import { AuthError } from '../errors.ts'
import { assertSessionActive } from '../sessions/assert-session-active.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/**
 * Returns the stored hash of a caller who may act.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function getCurrentHash(auth: Pick<Auth, 'db'>, claims: TokenClaims): Promise<string> {
  const { user_id: userId, sid: sessionId, leewaySeconds } = claims
  const caller = await findPasswordOfCaller(auth.db, { userId, sessionId, leewaySeconds })
  return (await assertSessionActive(auth.db, caller, claims)).passwordHash
}

/**
 * Compares a password with a caller's hash, and records a wrong one.
 * @throws {AuthError} invalid_input with `fields.current_password`; overloaded
 */
export async function assertPasswordRight(
  auth: Pick<Auth, 'db' | 'passwords'>,
  { claims, client }: AuthenticatedCaller,
  { hash, password, failure }: { hash: string; password: string; failure: EventKind },
): Promise<void> {
  if (await auth.passwords.verify(hash, password)) return
  await insertEvent(auth.db, { kind: failure, client, ...ownerOf(claims) })
  throw new AuthError('invalid_input', { fields: { current_password: [fieldTexts.wrongPassword] } })
}

/** The user of an event and, if the token has one, the session. */
export function ownerOf({ user_id: userId, sid }: TokenClaims): { userId: number; sessionId?: string } {
  return sid === undefined ? { userId } : { userId, sessionId: sid }
}
