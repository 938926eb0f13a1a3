import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { isTokenBlacklisted } from '../db/sessions.ts'
import { AuthError } from '../errors.ts'
import { storableJti } from './resolve-session.ts'

/**
 * Tells whether a token of either type is signed by us and in its time. As in SimpleJWT, the
 * database is asked only under `BLACKLIST_AFTER_ROTATION`: then a token whose session was ended is
 * refused, and a refresh token that was replaced, ours or the Django service's. Who must know at
 * once calls `me`.
 * @throws {AuthError} what `Tokens.verifyUntyped` throws; invalid_input when the token is
 *   blacklisted
 */
export async function verify(
  auth: Auth,
  _caller: Caller,
  input: { token: string },
): Promise<Record<string, never>> {
  const { sid: sessionId, jti, gen = 0, isRefresh } = await auth.tokens.verifyUntyped(input.token)
  if (!auth.config.blacklistAfterRotation) return {}
  const token = { sessionId, jti: storableJti(jti), generation: isRefresh ? gen : undefined }
  if (await isTokenBlacklisted(auth.db, token)) {
    throw new AuthError('invalid_input', { fields: { non_field_errors: ['Token is blacklisted'] } })
  }
  return {}
}
