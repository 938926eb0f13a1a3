import type { AuthError } from '../errors.ts'

/** The challenge that goes with every 401 (RFC 6750 section 3), as SimpleJWT writes it. */
const challenge = 'Bearer realm="api"'

/**
 * Headers that an answer bears whichever door it leaves by: never stored, a challenge with a 401, the time to wait with a
 * 429 or 503, and which limit was passed (draft-ietf-httpapi-ratelimit-headers-10).
 */
export function answerHeaders(errors: AuthError[]): Headers {
  const headers = new Headers({ 'Cache-Control': 'no-store' })
  for (const { status, retryAfterSeconds, limit } of errors) {
    if (status === 401) headers.set('WWW-Authenticate', challenge)
    if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds))
    if (limit !== undefined) {
      headers.set('RateLimit-Policy', `"${limit.name}";q=${limit.count}`)
      headers.set('RateLimit', `"${limit.name}";r=0;t=${retryAfterSeconds}`)
    }
  }
  return headers
}
