import { initTRPC } from '@trpc/server'
import { readBearerToken } from './bearer.ts'
import type { RequestContext } from './context.ts'
import { toAuthError } from './error.ts'
import { toErrorShape } from './error-shape.ts'

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ error, path, ctx }) =>
    toErrorShape(toAuthError(error), { path, requestId: ctx?.requestId }),
})

export const { router, createCallerFactory } = t

/** A procedure that anybody may call. How each call ends is told to the observer. */
export const publicProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const startedAt = performance.now()
  const result = await next()
  ctx.auth.observer.called({
    procedure: path,
    outcome: result.ok ? 'ok' : toAuthError(result.error).code,
    seconds: (performance.now() - startedAt) / 1000,
  })
  return result
})

/**
 * A procedure for who presents an access token in `Authorization: Bearer …`; its claims are in the context.
 * @throws {AuthError} not_authenticated, bad_authorization_header, and what `Tokens.verify` throws
 */
export const signedInProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const token = readBearerToken(ctx.authorization)
  return next({ ctx: { claims: await ctx.auth.tokens.verify(token, 'access') } })
})
