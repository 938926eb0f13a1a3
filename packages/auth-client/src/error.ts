import type { AppRouter } from '@pockitflyer/auth/router'
import { TRPCClientError } from '@trpc/client'

type ServiceError = NonNullable<TRPCClientError<AppRouter>['data']>

/** What the account service said of an error: its code from the table of errors, and the public text. */
export interface AuthErrorData extends ServiceError {
  message: string
}

/** What the service said of an error, or `undefined` when it was not the service that spoke: not reached, or cut off. */
export function findAuthError(error: unknown): AuthErrorData | undefined {
  if (!isServiceError(error) || error.data === null || error.data === undefined) return undefined
  return { ...error.data, message: error.message }
}

function isServiceError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError
}
