import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { AuthError, AuthErrorCode, FieldErrors } from '../errors.ts'
import { rpcCodes } from './error.ts'

/** What `error.data` of a tRPC error holds. */
export interface ErrorData {
  code: AuthErrorCode
  httpStatus: number
  path: string | undefined
  /** Texts per field of the input, with `invalid_input` and `email_unavailable`. */
  fields: FieldErrors | undefined
  retryAfterSeconds: number | undefined
  /** Names this request in the service's log. */
  requestId: string | undefined
}

/** An error as tRPC carries it: the public text, JSON-RPC's number, and the data. */
export function toErrorShape(
  { code, status, message, fields, retryAfterSeconds }: AuthError,
  { path, requestId }: { path: string | undefined; requestId: string | undefined },
) {
  const data: ErrorData = { code, httpStatus: status, path, fields, retryAfterSeconds, requestId }
  return { message, code: TRPC_ERROR_CODES_BY_KEY[rpcCodes[status]], data }
}
