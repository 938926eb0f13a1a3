import { type Refused, readClaims, type TokenClaims } from '@pockitflyer/auth-protocol/claims'
import { TokenError } from './token-error.ts'

/** The claims of an access token. */
export type AccessClaims = Omit<TokenClaims<'access'>, 'gen'>

/**
 * Checks the claims as the account service does.
 * @throws {TokenError} with the code of `readClaims`
 */
export function parseClaims(payload: Record<string, unknown>): AccessClaims {
  const { gen: _generation, ...claims } = accept(readClaims(payload, 'access'))
  return claims
}

/**
 * Returns the result of a reader unless the reader refused.
 * @throws {TokenError} with the code that it gave
 */
export function accept<Read extends object>(read: Read | Refused): Read {
  if ('refused' in read) throw new TokenError(read.refused)
  return read
}
