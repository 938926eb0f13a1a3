import { TokenError } from './token-error.ts'

/**
 * Header parameters with which a token would bring its own key or rules (RFC 8725 sections 2.7,
 * 3.10; RFC 7515 section 4.1).
 */
const foreignParameters = ['crit', 'jku', 'jwk', 'x5u', 'x5c', 'b64', 'zip'] as const

/**
 * Refuses headers that no token of the service has, before any key is looked up.
 * @throws {TokenError} token_invalid
 */
export function checkHeader(header: Record<string, unknown>): void {
  const { kid, typ } = header
  const foreign = foreignParameters.find((name) => name in header)
  if (foreign !== undefined) throw invalid(`The header has ${foreign}.`)
  if (kid !== undefined && typeof kid !== 'string') throw invalid('The kid is no text.')
  // Explicit typing (RFC 8725 section 3.11): a token of another kind under the same key is not an
  // access token.
  const isJwt = typ === undefined || (typeof typ === 'string' && typ.toLowerCase() === 'jwt')
  if (!isJwt) throw invalid('The typ is not JWT.')
}

function invalid(reason: string): TokenError {
  return new TokenError('token_invalid', { cause: new Error(reason) })
}
