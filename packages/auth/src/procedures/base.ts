import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { RequestContext } from './context.ts'
import { toAuthError } from './error.ts'
import { toErrorShape } from './error-shape.ts'
import type { ProcedureMeta } from './meta.ts'

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ error, path, ctx }) => toErrorShape(toAuthError(error), { path, context: ctx }),
  })

export const { router, createCallerFactory } = t

/**
 * A procedure that needs no token. The observer learns how each call ends.
 * @throws {AuthError} read_only, where `meta` says that it writes accounts and Django leads
 */
export const publicProcedure = t.procedure.use((call) =>
  observe(call, async () => {
    if (call.meta?.writesAccount) await assertAccountsLead(call.ctx.auth)
    return call.next()
  }),
)

/**
 * A procedure whose caller presents an access token in the header `Authorization`. `ctx.caller` has
 * its claims. They are read before the input, so that a stranger learns nothing about it. It does
 * not build on `publicProcedure`: tRPC copies its options four times for each middleware, and one
 * middleware less makes ten calls of `me` in a batch a fifth cheaper.
 * @throws {AuthError} what `RequestContext.authenticate` throws; read_only, as above
 */
export const protectedProcedure = t.procedure.meta({ isProtected: true }).use((call) =>
  observe(call, async () => {
    const caller = await call.ctx.authenticate()
    if (call.meta?.writesAccount) await assertAccountsLead(call.ctx.auth)
    return call.next({ ctx: { caller } })
  }),
)

/**
 * The input of a mutation that takes none. What a client sends all the same is read, so that a
 * broken body is refused.
 */
export const noInput = z.custom<void>()

interface ObservedCall {
  ctx: RequestContext
  path: string
}

/** Runs a call and reports its outcome. Every error that leaves it is one of the table. */
async function observe<Result extends { ok: boolean; error?: unknown }>(
  { ctx, path }: ObservedCall,
  run: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now()
  const report = (outcome: 'ok' | AuthErrorCode) =>
    ctx.auth.observer.called({ procedure: path, outcome, seconds: (performance.now() - startedAt) / 1000 })
  try {
    const result = await run()
    if (!result.ok) throw result.error
    report('ok')
    return result
  } catch (thrown) {
    const error = toAuthError(thrown)
    report(error.code)
    throw error
  }
}
