import type { Auth } from '../auth.ts'
import { isSessionRevoked } from '../db/revocations.ts'
import { AuthError } from '../errors.ts'

/**
 * Tells whether a token of either type is signed by us and in its time. As in SimpleJWT, the session is asked only under
 * `BLACKLIST_AFTER_ROTATION`; who must know at once calls `me`.
 * @throws {AuthError} what `Tokens.verifyUntyped` throws; invalid_input when the session was ended
 */
export async function verify(auth: Auth, input: { token: string }): Promise<Record<string, never>> {
  const { sid } = await auth.tokens.verifyUntyped(input.token)
  if (auth.config.blacklistAfterRotation && sid !== undefined && (await isSessionRevoked(auth.db, sid))) {
    throw new AuthError('invalid_input', { fields: { non_field_errors: ['Token is blacklisted'] } })
  }
  return {}
}
