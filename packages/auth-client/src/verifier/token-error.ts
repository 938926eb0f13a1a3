/**
 * Codes and public texts, the account service's own where it has them; `status` is what a guard
 * answers.
 */
const table = {
  not_authenticated: { status: 401, text: 'Authentication credentials were not provided.' },
  bad_authorization_header: {
    status: 401,
    text: 'Authorization header must contain two space-delimited values',
  },
  token_invalid: { status: 401, text: 'Token is invalid' },
  token_expired: { status: 401, text: 'Token is expired' },
  token_without_expiry: { status: 401, text: "Token has no 'exp' claim" },
  token_without_id: { status: 401, text: 'Token has no id' },
  token_without_type: { status: 401, text: 'Token has no type' },
  token_wrong_type: { status: 401, text: 'Token has wrong type' },
  token_without_user: { status: 401, text: 'Token contained no recognizable user identification' },
  user_not_found: { status: 401, text: 'User not found' },
  session_ended: { status: 401, text: 'Token is blacklisted' },
  keys_unavailable: { status: 503, text: 'Tokens cannot be checked at the moment.' },
  service_unavailable: { status: 503, text: 'Sessions cannot be checked at the moment.' },
} as const satisfies Record<string, { status: number; text: string }>

/** Why a token was not accepted. */
export type TokenErrorCode = keyof typeof table

/**
 * A token that was not accepted. Its `message` is public; why exactly a token is invalid stands in
 * `cause`, for the log and not for whoever presented it.
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenErrorCode
  /** 401, or 503 where it could not be found out. */
  readonly status: 401 | 503

  constructor(code: TokenErrorCode, options?: ErrorOptions) {
    super(table[code].text, options)
    this.code = code
    this.status = table[code].status
  }
}
