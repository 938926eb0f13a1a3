import type { AccessClaims } from '../verifier/claims.ts'

const claimsOf = new WeakMap<object, AccessClaims>()

/** Stores the claims of a request, for frameworks without a typed place for them. */
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
