import type { AuthError } from '../errors.ts'

/** The challenge that goes with every 401 (RFC 6750 section 3), as SimpleJWT writes it. */
const challenge = 'Bearer realm="api"'

/**
 * Returns the headers of an answer, for every transport: never stored, a challenge with a 401, the
 * wait with a 429 or 503, and the exceeded limit (draft-ietf-httpapi-ratelimit-headers-10).
 */
export function answerHeaders(errors: AuthError[]): Record<string, string> {
  return errors.reduce((headers, error) => ({ ...headers, ...errorHeaders(error) }), {
    'Cache-Control': 'no-store',
  })
}

function errorHeaders({ status, retryAfterSeconds, limit }: AuthError): Record<string, string> {
  return {
    ...(status === 401 ? { 'WWW-Authenticate': challenge } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    ...(limit === undefined ? {} : limitHeaders(limit, retryAfterSeconds)),
  }
}

function limitHeaders({ name, count }: NonNullable<AuthError['limit']>, seconds: number | undefined) {
  return { 'RateLimit-Policy': `"${name}";q=${count}`, RateLimit: `"${name}";r=0;t=${seconds}` }
}
