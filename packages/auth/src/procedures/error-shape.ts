import type { ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { AuthError } from '../errors.ts'
import { rpcCodes } from './error.ts'

/** An error as tRPC carries it: the public text, JSON-RPC's number, and the data. */
export function toErrorShape(
  { code, status, message, fields, retryAfterSeconds }: AuthError,
  { path, requestId }: { path: string | undefined; requestId: string | undefined },
) {
  const data: ServiceErrorData = { code, httpStatus: status, path, fields, retryAfterSeconds, requestId }
  return { message, code: TRPC_ERROR_CODES_BY_KEY[rpcCodes[status]], data }
}
