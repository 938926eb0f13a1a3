import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { parseTrusted } from '../data/json.ts'
import { secretKey, sign } from '../data/credentials.ts'
import type { LiveSession } from './statements.ts'

/** The claims that an answer needs. */
export interface Claims {
  exp: number
  token_type: string
  user_id: number
  sid: string
  gen: number
}

/**
 * Returns the claims of a token, or `undefined` for a wrong signature, type or time. It checks
 * nothing else.
 */
export function verify(token: string, type: 'access' | 'refresh'): Claims | undefined {
  const end = token.lastIndexOf('.')
  const expected = createHmac('sha256', secretKey).update(token.slice(0, end)).digest()
  const given = Buffer.from(token.slice(end + 1), 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const payload = token.slice(token.indexOf('.') + 1, end)
  const claims = parseTrusted<Claims>(Buffer.from(payload, 'base64url').toString())
  return claims.token_type === type && claims.exp > Date.now() / 1000 ? claims : undefined
}

/** Returns the token pair of a session, with the service's claims. */
export function mintPair(session: LiveSession): { refresh: string; access: string } {
  const owner = { user_id: session.userId, email: session.email, sid: session.id, gen: session.generation }
  const now = epochSeconds(session.now)
  const refresh = sign({
    token_type: 'refresh',
    exp: epochSeconds(session.expiresAt),
    iat: epochSeconds(session.rotatedAt),
    jti: createHash('sha256').update(`${session.id}.${session.generation}`).digest('hex').slice(0, 32),
    ...owner,
  })
  const access = sign({
    token_type: 'access',
    exp: Math.min(now + 86_400, epochSeconds(session.endsAt)),
    iat: now,
    jti: randomUUID().replaceAll('-', ''),
    ...owner,
  })
  return { refresh, access }
}

const epochSeconds = (time: Date) => Math.floor(time.getTime() / 1000)
