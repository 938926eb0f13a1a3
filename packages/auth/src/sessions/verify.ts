import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { isTokenBlacklisted } from '../db/sessions.ts'
import { AuthError } from '../errors.ts'
import { storableJti } from './resolve-session.ts'

/**
 * Succeeds if a token of either type is signed by us and has not expired. As in SimpleJWT, it asks
 * the database only under `BLACKLIST_AFTER_ROTATION`: then it refuses a token whose session was
 * revoked and a refresh token that was replaced, ours or the Django service's. To learn of a
 * revocation at once, call `me`.
 * @throws {AuthError} what `Tokens.verifyUntyped` throws; invalid_input when the token is
 *   blacklisted
 */
export async function verify(
  auth: Auth,
  _caller: Caller,
  input: { token: string },
): Promise<Record<string, never>> {
  const { sid: sessionId, userId, jti, gen = 0, isRefresh } = await auth.tokens.verifyUntyped(input.token)
  if (!auth.settings.blacklistAfterRotation) return {}
  if (userId === undefined) return {} // No session is of no user.
  const token = { userId, sessionId, jti: storableJti(jti), generation: isRefresh ? gen : undefined }
  if (await isTokenBlacklisted(auth.db, token)) {
    throw new AuthError('invalid_input', { fields: { non_field_errors: ['Token is blacklisted'] } })
  }
  return {}
}
