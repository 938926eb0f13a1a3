import { TokenError } from './token-error.ts'

/**
 * The token of an `Authorization` header, read as the account service reads it: the scheme in any
 * case (RFC 9110 section 11.1).
 * @throws {TokenError} not_authenticated when the header is absent, empty or of another scheme;
 *   bad_authorization_header when there is not exactly one token
 */
export function readBearerToken(authorization: string | null | undefined): string {
  const [scheme, token, ...rest] = (authorization ?? '').split(/[ \t\n\r\f\v]+/).filter((part) => part !== '')
  if (scheme?.toLowerCase() !== 'bearer') throw new TokenError('not_authenticated')
  if (token === undefined || rest.length > 0) throw new TokenError('bad_authorization_header')
  return token
}
