import { TRPCClientError } from '@trpc/client'

/**
 * What the account service can say went wrong, the codes of its one table of errors. A service
 * newer than this package may say another: keep a default where you switch.
 */
export type AuthErrorCode =
  | 'invalid_input'
  | 'parse_error'
  | 'email_unavailable'
  | 'invalid_credentials'
  | 'not_authenticated'
  | 'bad_authorization_header'
  | 'token_invalid'
  | 'token_expired'
  | 'token_without_expiry'
  | 'token_without_id'
  | 'token_without_type'
  | 'token_wrong_type'
  | 'token_without_user'
  | 'session_ended'
  | 'account_unavailable'
  | 'user_not_found'
  | 'user_inactive'
  | 'registration_closed'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'throttled'
  | 'overloaded'
  | 'unavailable'
  | 'internal_error'

/** What `error.data` of a failed call holds where it was the service that spoke. */
export interface ServiceErrorData<Code extends AuthErrorCode = AuthErrorCode> {
  code: Code
  httpStatus: number
  /** The procedure, for example `auth.login`. */
  path: string | undefined
  /** Texts per field of the input, with `invalid_input` and `email_unavailable`. */
  fields: Record<string, string[]> | undefined
  /** When to come back, with `throttled`, `overloaded` and `unavailable`. */
  retryAfterSeconds: number | undefined
  /** Names this request in the service's log. */
  requestId: string | undefined
}

/** An error in the words of the service. Its `message` is meant for the public. */
export interface AuthCallError<Code extends AuthErrorCode = AuthErrorCode> extends Error {
  readonly data: ServiceErrorData<Code>
}

/**
 * What the account service said of an error: its code from the table of errors, and the public
 * text.
 */
export interface AuthErrorData extends ServiceErrorData {
  message: string
}

/**
 * Whether an error is in the words of the service and, where codes are given, has one of them:
 * `error.data.code` is narrowed to these. False when it was not the service that spoke: not
 * reached, out of time, or cut off.
 */
export function isAuthError<Code extends AuthErrorCode = AuthErrorCode>(
  error: unknown,
  ...codes: Code[]
): error is AuthCallError<Code> {
  if (!(error instanceof TRPCClientError)) return false
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') {
    return false
  }
  const { code } = data
  return codes.length === 0 || codes.some((one) => one === code)
}

/**
 * What the service said of an error, or `undefined` when it was not the service that spoke: not
 * reached, or cut off.
 */
export function findAuthError(error: unknown): AuthErrorData | undefined {
  return isAuthError(error) ? { ...error.data, message: error.message } : undefined
}
