import { introspection, verifyInput } from '@pockitflyer/auth-protocol/schemas'
import { introspect as introspectToken } from '../sessions/introspect.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells whether an access token is worth anything at this moment. A mutation, as `verify` is. REST
 * does not serve it: who asks by REST asks `GET /api/users/me/` with the token.
 */
export const introspect = publicProcedure
  .input(verifyInput)
  .output(introspection)
  .mutation(({ ctx, input }) => introspectToken(ctx.auth, ctx.caller, input))
