import { z } from 'zod'
import { AuthError } from '../errors.ts'

/** What a token may be used for. */
export type TokenType = 'access' | 'refresh'

/**
 * The claims of a token whose signature and times were found right. `sid` and `gen` are absent from
 * tokens that the Django service minted. Times are epoch seconds (RFC 7519 section 4.1).
 */
export interface TokenClaims {
  token_type: string
  exp: number
  /** Absent from a token that has none: nothing is known of its age. */
  iat?: number
  jti: string
  user_id: number
  sid?: string
  gen?: number
  /**
   * The allowance that its times were judged with, in seconds: those of its session are judged with
   * the same.
   */
  leewaySeconds: number
}

/**
 * The last generation that a token may bear: the one after it is the last `integer` of PostgreSQL.
 */
export const generationMax = 2_147_483_646

const ours = z.object({ sid: z.uuid(), gen: z.int().nonnegative().max(generationMax).optional() })

/**
 * Checks the claims as SimpleJWT 5.5.1 does, in its order: `exp`, `jti`, `token_type`, `user_id`.
 * @throws {AuthError} token_without_expiry, token_without_id, token_without_type, token_wrong_type,
 *   token_without_user, user_not_found (a `user_id` that no user can have), token_invalid (a `sid`
 *   or `gen` that we never mint)
 */
export function parseClaims(
  payload: Record<string, unknown>,
  type: TokenType,
): Omit<TokenClaims, 'leewaySeconds'> {
  const { exp, jti } = parseUntypedClaims(payload)
  if (payload['token_type'] === undefined) throw new AuthError('token_without_type')
  if (payload['token_type'] !== type) throw new AuthError('token_wrong_type')
  const claims = { token_type: type, exp, jti }
  const { iat } = payload
  const age = typeof iat === 'number' ? { iat } : {}
  return { ...claims, ...age, user_id: parseUserId(payload['user_id']), ...parseSession(payload) }
}

/**
 * Checks what every token must have, whatever its type.
 * @throws {AuthError} token_without_expiry, token_without_id
 */
export function parseUntypedClaims(payload: Record<string, unknown>): { exp: number; jti: string } {
  const { exp, jti } = payload
  if (typeof exp !== 'number') throw new AuthError('token_without_expiry')
  if (typeof jti !== 'string') throw new AuthError('token_without_id')
  return { exp, jti }
}

/**
 * SimpleJWT writes a number, or text where the user model's key is none; Django's query takes
 * either.
 */
function parseUserId(userId: unknown): number {
  if (userId === undefined) throw new AuthError('token_without_user')
  const id = typeof userId === 'string' && /^\d{1,15}$/.test(userId) ? Number(userId) : userId
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) throw new AuthError('user_not_found')
  return id
}

/**
 * The claims that name a session; none in a token of the Django service.
 * @throws {AuthError} token_invalid (a `sid` or `gen` that we never mint)
 */
export function parseSession(payload: Record<string, unknown>): Pick<TokenClaims, 'sid' | 'gen'> {
  if (payload['sid'] === undefined) return {}
  const { data } = ours.safeParse(payload)
  if (data === undefined) throw new AuthError('token_invalid')
  return data.gen === undefined ? { sid: data.sid } : { sid: data.sid, gen: data.gen }
}
