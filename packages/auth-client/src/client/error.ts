import type { AuthErrorCode, ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
import { TRPCClientError } from '@trpc/client'

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
