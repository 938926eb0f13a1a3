import type { AccessClaims } from '../verifier/claims.ts'

const claimsOf = new WeakMap<object, AccessClaims>()

/** Notes whose request it is, where the framework has no typed place for it. */
export function noteClaims(request: object, claims: AccessClaims): void {
  claimsOf.set(request, claims)
}

/**
 * Whose request it is, behind `requireUser`.
 * @throws {TypeError} where no guard has let the request pass: a route that was left unguarded
 */
export function getClaims(request: object): AccessClaims {
  const claims = claimsOf.get(request)
  if (claims === undefined) throw new TypeError('No guard stands before this route: add requireUser.')
  return claims
}
