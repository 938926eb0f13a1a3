import type { ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { type AuthError, translateFields } from '../errors.ts'
import type { RequestContext } from './context.ts'
import { rpcCodes } from './error.ts'

/**
 * Returns an error as tRPC carries it: the public text in the language of the request, JSON-RPC's
 * number, and the data.
 */
export function toErrorShape(
  { code, status, message, fields: english, retryAfterSeconds }: AuthError,
  { path, context }: { path: string | undefined; context: RequestContext | undefined },
) {
  const { requestId, translate = String } = context ?? {}
  const fields = english && translateFields(english, translate)
  const data: ServiceErrorData = { code, httpStatus: status, path, fields, retryAfterSeconds, requestId }
  return { message: translate(message), code: TRPC_ERROR_CODES_BY_KEY[rpcCodes[status]], data }
}
