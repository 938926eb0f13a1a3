import type { JWTPayload } from 'jose'
import { TokenError } from './token-error.ts'

/**
 * What an access token says. `email` and `sid` (the session) may be absent from tokens that the
 * Django service minted. Times are epoch seconds (RFC 7519 section 4.1).
 */
export interface AccessClaims {
  token_type: 'access'
  exp: number
  iat?: number
  jti: string
  user_id: number
  email?: string
  sid?: string
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Checks the claims as the account service does itself, in its order: `exp`, `jti`, `token_type`,
 * `user_id`, `sid`.
 * @throws {TokenError} token_without_expiry, token_without_id, token_without_type,
 *   token_wrong_type, token_without_user, user_not_found (a `user_id` that no user can have),
 *   token_invalid (a `sid` that is none)
 */
export function parseClaims(payload: JWTPayload): AccessClaims {
  const { exp, iat, nbf, jti, sub, token_type: type, email } = payload
  if (![exp, iat, nbf].every(isTime) || ![sub, jti].every(isText)) throw new TokenError('token_invalid')
  if (exp === undefined) throw new TokenError('token_without_expiry')
  if (jti === undefined) throw new TokenError('token_without_id')
  if (type === undefined) throw new TokenError('token_without_type')
  if (type !== 'access') throw new TokenError('token_wrong_type')
  return {
    token_type: type,
    exp,
    ...(iat === undefined ? {} : { iat }),
    jti,
    user_id: parseUserId(payload['user_id']),
    ...(typeof email === 'string' ? { email } : {}),
    ...parseSession(payload),
  }
}

/** An `exp` of 1e400 is read as infinite, and is no time. */
const isTime = (value: unknown) => value === undefined || Number.isFinite(value)

const isText = (value: unknown) => value === undefined || typeof value === 'string'

/** SimpleJWT writes a number, or its digits. */
function parseUserId(userId: unknown): number {
  if (userId === undefined) throw new TokenError('token_without_user')
  const id = typeof userId === 'string' && /^\d{1,15}$/.test(userId) ? Number(userId) : userId
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new TokenError('user_not_found')
  return id
}

/**
 * Where there is a session there may be its generation, as in a refresh token; what we never mint
 * is refused.
 */
function parseSession({ sid, gen }: JWTPayload): { sid?: string } {
  if (sid === undefined) return {}
  const isGeneration = gen === undefined || (typeof gen === 'number' && Number.isInteger(gen) && gen >= 0)
  if (typeof sid !== 'string' || !uuid.test(sid) || !isGeneration) throw new TokenError('token_invalid')
  return { sid }
}
