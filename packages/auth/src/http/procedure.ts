import { initTRPC } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { AuthErrorCode, FieldErrors } from '../errors.ts'
import { readBearerToken } from './bearer.ts'
import type { RequestContext } from './context.ts'
import { rpcCodes, toAuthError } from './error.ts'

/** What `error.data` of a tRPC error holds. */
export interface ErrorData {
  code: AuthErrorCode
  httpStatus: number
  path: string | undefined
  /** Texts per field of the input, with `invalid_input`. */
  fields: FieldErrors | undefined
  retryAfterSeconds: number | undefined
  /** Names this request in the service's log. */
  requestId: string | undefined
}

const t = initTRPC.context<RequestContext>().create({
  errorFormatter({ shape, error, path, ctx }) {
    const { code, status, message, fields, retryAfterSeconds } = toAuthError(error)
    const data: ErrorData = {
      code,
      httpStatus: status,
      path,
      fields,
      retryAfterSeconds,
      requestId: ctx?.requestId,
    }
    return { ...shape, message, code: TRPC_ERROR_CODES_BY_KEY[rpcCodes[status]], data }
  },
})

export const { router, createCallerFactory } = t

/** A procedure that anybody may call. */
export const publicProcedure = t.procedure

/**
 * A procedure for who presents an access token in `Authorization: Bearer …`; its claims are in the context.
 * @throws {AuthError} not_authenticated, bad_authorization_header, and what `Tokens.verify` throws
 */
export const signedInProcedure = t.procedure.use(async ({ ctx, next }) => {
  const token = readBearerToken(ctx.authorization)
  return next({ ctx: { claims: await ctx.auth.tokens.verify(token, 'access') } })
})
