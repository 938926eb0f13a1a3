import type { ClaimsErrorCode } from '@pockitflyer/auth-protocol/claims'
import { tokenErrors } from '@pockitflyer/auth-protocol/errors'

/** The errors of a verifier alone: the check was impossible. */
const unavailable = {
  keys_unavailable: { status: 503, text: 'Tokens cannot be checked at the moment.' },
  service_unavailable: { status: 503, text: 'Sessions cannot be checked at the moment.' },
} as const

const table = { ...tokenErrors, ...unavailable }

/** Why a token was not accepted. */
export type TokenErrorCode = ClaimsErrorCode | 'token_expired' | 'session_ended' | keyof typeof unavailable

/**
 * A token that was not accepted. `message` is public, in the words of the account service. `cause`
 * has the exact reason, for the log and not for the client that presented the token.
 * @example if (error instanceof TokenError) console.warn(error.code, error.cause)
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenErrorCode
  /** 401, or 503 when the check was impossible. */
  readonly status: 401 | 503

  constructor(code: TokenErrorCode, options?: ErrorOptions) {
    super(table[code].text, options)
    this.code = code
    this.status = table[code].status
  }
}
