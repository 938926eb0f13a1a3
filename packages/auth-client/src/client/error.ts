import type { AuthErrorCode, ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
import { TRPCClientError } from '@trpc/client'
import { fieldOf } from '../field-of.ts'

/** An error that the service answered. Its `message` is public. */
export interface AuthCallError<Code extends AuthErrorCode = AuthErrorCode> extends Error {
  readonly data: ServiceErrorData<Code>
}

/**
 * The answer of the account service in an error: its code from the error table, and the public
 * text.
 */
export interface AuthErrorData extends ServiceErrorData {
  message: string
}

/**
 * Returns whether an error is an answer of the service and, where codes are given, has one of them:
 * `error.data.code` is narrowed to these. False when the service did not answer: not reached, out
 * of time, or cut off.
 * @example if (isAuthError(error, 'invalid_credentials')) showWrongPassword()
 */
export function isAuthError<Code extends AuthErrorCode = AuthErrorCode>(
  error: unknown,
  ...codes: Code[]
): error is AuthCallError<Code> {
  if (!(error instanceof TRPCClientError)) return false
  const code = fieldOf(error.data, 'code')
  if (typeof code !== 'string') return false
  return codes.length === 0 || codes.some((one) => one === code)
}

/**
 * Returns the service's answer in an error; `undefined` when the service did not answer: not
 * reached, or cut off.
 * @example const text = findAuthError(error)?.message ?? 'The service cannot be reached.'
 */
export function findAuthError(error: unknown): AuthErrorData | undefined {
  return isAuthError(error) ? { ...error.data, message: error.message } : undefined
}
