import type { MiddlewareHandler } from 'hono'
import type { AccessClaims } from '../verifier/claims.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'
import { authorize } from './guard.ts'

/** The variable that the guard sets: `c.get('claims')`. */
export type UserVariables = { claims: AccessClaims }

/**
 * Creates Hono middleware that lets only requests with a valid access token pass. Others get 401.
 * `c.get('claims')` returns the claims.
 * @example
 * app.get('/mine', requireUser(verifier), (c) => c.json({ user: c.get('claims').user_id }))
 */
export function requireUser(
  verifier: Verifier,
  options?: VerifyOptions,
): MiddlewareHandler<{ Variables: UserVariables }> {
  return async (c, next) => {
    const decision = await authorize(verifier, c.req.header('authorization'), options)
    if (decision.kind === 'refused') {
      const { body, status, headers } = decision.errorResponse
      return c.json(body, status, headers)
    }
    c.set('claims', decision.claims)
    await next()
    return undefined
  }
}
