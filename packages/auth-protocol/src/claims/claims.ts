import type { AuthErrorCode } from '../errors/index.ts'

/** What a token may be used for. */
export type TokenType = 'access' | 'refresh'

/**
 * The claims of a token whose signature and times are right. `email`, `sid` (the session) and `gen`
 * (its generation) are absent from tokens that the Django service minted. Times are epoch seconds
 * (RFC 7519 section 4.1).
 */
export interface TokenClaims<Type extends TokenType = TokenType> {
  token_type: Type
  exp: number
  /** When it is absent, nothing is known of the token's age. */
  iat?: number
  jti: string
  user_id: number
  email?: string
  sid?: string
  gen?: number
  /** Of access tokens, unless the service runs with `EMAIL_VERIFICATION=off`. */
  email_verified?: boolean
}

/** Why claims or a header are not accepted, as codes of the error table. */
export type ClaimsErrorCode = Extract<
  AuthErrorCode,
  | 'not_authenticated'
  | 'bad_authorization_header'
  | 'token_invalid'
  | 'token_without_expiry'
  | 'token_without_id'
  | 'token_without_type'
  | 'token_wrong_type'
  | 'token_without_user'
  | 'user_not_found'
>

/** What a reader returns for claims or a header that are not accepted. */
export interface Refused {
  refused: ClaimsErrorCode
}

/** The last generation that a token may bear: the next is the last `integer` of PostgreSQL. */
export const generationMax = 2_147_483_646

/** RFC 9562: versions 1 to 8, the nil and the max UUID. */
const uuid =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}(?:-0{4}){3}-0{12}|f{8}(?:-f{4}){3}-f{12})$/i

/**
 * Reads the claims of a decoded payload as SimpleJWT 5.5.1 does, in its order: `exp`, `jti`,
 * `token_type`, `user_id`; then `sid` and `gen`. The caller checks the signature and whether the
 * times hold.
 *
 * Refused with token_without_expiry, token_without_id, token_without_type, token_wrong_type,
 * token_without_user, user_not_found (a `user_id` that no user can have) or token_invalid (a claim
 * of a type that the service never mints).
 *
 * @example readClaims(payload, 'access') // { token_type: 'access', user_id: 7, … }
 */
export function readClaims<Type extends TokenType>(
  payload: Record<string, unknown>,
  type: Type,
): TokenClaims<Type> | Refused {
  const untyped = readUntypedClaims(payload)
  if ('refused' in untyped) return untyped
  if (payload['token_type'] === undefined) return { refused: 'token_without_type' }
  if (payload['token_type'] !== type) return { refused: 'token_wrong_type' }
  const user = readUser(payload)
  if ('refused' in user) return user
  const session = readSession(payload)
  if ('refused' in session) return session
  const { exp, jti } = untyped
  const { iat, email, email_verified } = payload
  return {
    token_type: type,
    exp,
    ...(typeof iat === 'number' ? { iat } : {}),
    jti,
    ...user,
    ...(typeof email === 'string' ? { email } : {}),
    ...session,
    ...(typeof email_verified === 'boolean' ? { email_verified } : {}),
  }
}

/**
 * Reads what every token of either type must have. `sub` and `jti` must be text, as PyJWT 2.10
 * requires. Refused with token_invalid, token_without_expiry or token_without_id.
 * @example readUntypedClaims({ exp: 1_900_000_000, jti: 'a' }) // { exp: 1900000000, jti: 'a' }
 * @example readUntypedClaims({ exp: 1_900_000_000, jti: 'a' }) // { exp: 1900000000, jti: 'a' }
 */
export function readUntypedClaims(
  payload: Record<string, unknown>,
): Pick<TokenClaims, 'exp' | 'jti'> | Refused {
  const { exp, iat, nbf, sub, jti } = payload
  if (![exp, iat, nbf].every(isTime) || ![sub, jti].every(isText)) return { refused: 'token_invalid' }
  if (typeof exp !== 'number') return { refused: 'token_without_expiry' }
  if (typeof jti !== 'string') return { refused: 'token_without_id' }
  return { exp, jti }
}

/** JSON can spell 1e400, which is read as infinite and is no time. */
const isTime = (value: unknown) => value === undefined || Number.isFinite(value)

const isText = (value: unknown) => value === undefined || typeof value === 'string'

/**
 * Reads the user of a token. SimpleJWT writes a number, or digits where the user model's key is
 * text. Refused with token_without_user or user_not_found (an id that no user can have).
 * @example readUser({ user_id: '7' }) // { user_id: 7 }
 */
export function readUser({
  user_id: value,
}: Record<string, unknown>): Pick<TokenClaims, 'user_id'> | Refused {
  if (value === undefined) return { refused: 'token_without_user' }
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return { refused: 'user_not_found' }
  return { user_id: id }
}

/**
 * Reads the claims that name a session; a token of the Django service has none. Refused with
 * token_invalid for a `sid` or `gen` that the service never mints.
 * @example readSession({ jti: 'a' }) // {}
 */
export function readSession({
  sid,
  gen,
}: Record<string, unknown>): Pick<TokenClaims, 'sid' | 'gen'> | Refused {
  if (sid === undefined) return {}
  if (typeof sid !== 'string' || !uuid.test(sid)) return { refused: 'token_invalid' }
  if (gen === undefined) return { sid }
  return isGeneration(gen) ? { sid, gen } : { refused: 'token_invalid' }
}

function isGeneration(gen: unknown): gen is number {
  return typeof gen === 'number' && Number.isInteger(gen) && gen >= 0 && gen <= generationMax
}
