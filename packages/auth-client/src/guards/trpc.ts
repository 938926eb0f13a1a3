import { TRPCError, type TRPCMiddlewareFunction } from '@trpc/server'
import type { AccessClaims } from '../verifier/claims.ts'
import { TokenError } from '../verifier/token-error.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'

/** The part of a procedure's context that the guard reads. */
export interface AuthorizationContext {
  /** The `Authorization` header of the request. */
  authorization?: string | null | undefined
}

/** Middleware that adds the claims to the context of a procedure. */
export type UserMiddleware = TRPCMiddlewareFunction<
  AuthorizationContext,
  unknown,
  object,
  { claims: AccessClaims },
  unknown
>

/**
 * Creates tRPC middleware that lets only calls with a valid access token pass. `ctx.claims` has the
 * claims. The context must carry `authorization`.
 * @throws {TRPCError} UNAUTHORIZED, or SERVICE_UNAVAILABLE when the check is impossible now; the
 *   `TokenError` is its `cause`
 * @example const protectedProcedure = t.procedure.use(requireUser(verifier))
 */
export function requireUser(verifier: Verifier, options?: VerifyOptions): UserMiddleware {
  return async ({ ctx, next }) => {
    const claims = await verifier.verifyHeader(ctx.authorization, options).catch(throwAsTrpc)
    return next({ ctx: { claims } })
  }
}

function throwAsTrpc(cause: unknown): never {
  if (!(cause instanceof TokenError)) throw cause
  const code = cause.status === 401 ? 'UNAUTHORIZED' : 'SERVICE_UNAVAILABLE'
  throw new TRPCError({ code, message: cause.message, cause })
}
