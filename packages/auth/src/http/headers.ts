import type { AuthError } from '../errors.ts'

/** The challenge that goes with every 401 (RFC 6750 section 3), as SimpleJWT writes it. */
const challenge = 'Bearer realm="api"'

/** Headers that an answer bears whichever door it leaves by: never stored, a challenge with a 401, the time to wait with a 503. */
export function answerHeaders(errors: AuthError[]): Headers {
  const headers = new Headers({ 'Cache-Control': 'no-store' })
  for (const { status, retryAfterSeconds } of errors) {
    if (status === 401) headers.set('WWW-Authenticate', challenge)
    if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds))
  }
  return headers
}
