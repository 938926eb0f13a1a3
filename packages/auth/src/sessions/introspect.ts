import type { Introspection } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { AuthError } from '../errors.ts'
import { me } from './me.ts'

/**
 * Returns whether an access token is active, as `me` judges it: signed by us, not expired, its
 * session live and its user active (RFC 7662 section 2.2). The answer gives no reason. One round
 * trip; none for a token that we did not sign.
 */
export async function introspect(
  auth: Auth,
  caller: Caller,
  input: { token: string },
): Promise<Introspection> {
  try {
    await me(auth, { ...caller, claims: await auth.tokens.verify(input.token, 'access') })
    return { active: true }
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return { active: false }
  }
}
