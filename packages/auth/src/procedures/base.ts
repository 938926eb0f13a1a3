import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import type { RequestContext } from './context.ts'
import { toAuthError } from './error.ts'
import { toErrorShape } from './error-shape.ts'
import type { ProcedureMeta } from './meta.ts'

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ error, path, ctx }) =>
      toErrorShape(toAuthError(error), { path, requestId: ctx?.requestId }),
  })

export const { router, createCallerFactory } = t

/**
 * A procedure that anybody may call. Every error that leaves it is one of the table, and the
 * observer learns how each call ended.
 */
export const publicProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const startedAt = performance.now()
  const result = await next()
  const error = result.ok ? undefined : toAuthError(result.error)
  ctx.auth.observer.called({
    procedure: path,
    outcome: error?.code ?? 'ok',
    seconds: (performance.now() - startedAt) / 1000,
  })
  if (error !== undefined) throw error
  return result
})

/**
 * A procedure whose caller presents an access token in the header `Authorization`. Its claims are
 * in the context. They are read before the input, so that a stranger learns nothing about it.
 * @throws {AuthError} what `RequestContext.readClaims` throws
 */
export const signedInProcedure = publicProcedure
  .meta({ isProtected: true })
  .use(async ({ ctx, next }) => next({ ctx: { claims: await ctx.readClaims() } }))

/**
 * The input of a procedure that takes none. What a client sends all the same is read, so that a
 * broken body is refused.
 */
export const noInput = z.custom<void>()
