import type { AccessClaims } from '../verifier/claims.ts'

const claimsOf = new WeakMap<object, AccessClaims>()

/** Notes whose request it is, where the framework has no typed place for it. */
export function noteClaims(request: object, claims: AccessClaims): void {
  claimsOf.set(request, claims)
}

/**
 * Returns the claims of a request that `requireUser` let pass.
 * @throws {TypeError} for a request that passed no guard: its route is unguarded
 * @example const { user_id } = getClaims(request)
 */
export function getClaims(request: object): AccessClaims {
  const claims = claimsOf.get(request)
  if (claims === undefined) throw new TypeError('No guard stands before this route: add requireUser.')
  return claims
}
