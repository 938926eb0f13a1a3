import { AuthError } from '../errors.ts'

/**
 * The token of an `Authorization` header, read as SimpleJWT does, but for the scheme, whose case
 * does not matter (RFC 9110 section 11.1).
 * @throws {AuthError} not_authenticated when the header is absent, empty or of another scheme;
 *   bad_authorization_header when there is not exactly one token
 */
export function readBearerToken(authorization: string | null): string {
  const [scheme, token, ...rest] = (authorization ?? '').split(/[ \t\n\r\f\v]+/).filter((part) => part !== '')
  if (scheme?.toLowerCase() !== 'bearer') throw new AuthError('not_authenticated')
  if (token === undefined || rest.length > 0) throw new AuthError('bad_authorization_header')
  return token
}
