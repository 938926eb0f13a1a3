import type { ChangePasswordInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import { findSessionOfPasswordChange } from '../db/password-hashes.ts'
import type { LiveSession } from '../db/sessions.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/** How long a change of password may be repeated. */
const repeatSeconds = 30

/**
 * The session that a change of password started, for whoever sends the same request again because
 * its answer was lost: with a token of the session that asked, and with both passwords. The session
 * of the token has ended, so that these tries have a limit of their own and take none of the
 * owner's.
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
 * What a repeat is recognised by: its session, or the id of a token of the Django service, which
 * has none.
 */
export function nameAsker({ sid, jti }: TokenClaims): string {
  return sid ?? jti
}

/** Both passwords as one text that no two other passwords make. */
export function joinPasswords({ current_password, new_password }: ChangePasswordInput): string {
  return JSON.stringify([current_password, new_password])
}
