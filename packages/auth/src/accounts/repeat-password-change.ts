import type { ChangePasswordInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import { findSessionOfPasswordChange } from '../db/password-hashes.ts'
import type { LiveSession } from '../db/sessions.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/** How long a change of password may be repeated. */
const repeatSeconds = 30

/**
 * Finds the session that a change of password started, for a client that repeats the request
 * because the answer was lost: with a token of the session that called, and with both passwords.
 * The session of that token has ended, so these attempts have a limit of their own and take nothing
 * from the owner's.
 * @throws {AuthError} throttled; overloaded
 */
export async function findRepeatedChange(
  auth: Auth,
  { claims, input }: { claims: TokenClaims; input: ChangePasswordInput },
): Promise<LiveSession | undefined> {
  const askedBy = nameAsker(claims)
  const found = await findSessionOfPasswordChange(auth.db, {
    userId: claims.user_id,
    askedBy,
    withinSeconds: repeatSeconds,
  })
  if (found === undefined || found.pairHash === null) return undefined
  await auth.limits.passwordChanges.consume(`${claims.user_id}:${askedBy}`)
  return (await auth.passwords.verify(found.pairHash, joinPasswords(input))) ? found : undefined
}

/**
 * Identifies the caller of a change: by its session or, for the Django service's tokens, by the
 * token's id.
 */
export function nameAsker({ sid, jti }: TokenClaims): string {
  return sid ?? jti
}

/** Joins both passwords into one text that no other two passwords make. */
export function joinPasswords({ current_password, new_password }: ChangePasswordInput): string {
  return JSON.stringify([current_password, new_password])
}
