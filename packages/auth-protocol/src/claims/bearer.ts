import type { Refused } from './claims.ts'

/**
 * Reads the token of an `Authorization` header as SimpleJWT does, except for the scheme, whose case
 * does not matter (RFC 9110 section 11.1). Refused with `not_authenticated` when the header is
 * absent, empty or of another scheme, and with `bad_authorization_header` when there is not exactly
 * one token.
 *
 * @example readBearerToken('Bearer abc') // { token: 'abc' }
 */
export function readBearerToken(authorization: string | null | undefined): { token: string } | Refused {
  const [scheme, token, ...rest] = (authorization ?? '').split(/[ \t\n\r\f\v]+/).filter((part) => part !== '')
  if (scheme?.toLowerCase() !== 'bearer') return { refused: 'not_authenticated' }
  if (token === undefined || rest.length > 0) return { refused: 'bad_authorization_header' }
  return { token }
}
