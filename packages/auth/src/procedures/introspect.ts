import { introspection, verifyInput } from '@pockitflyer/auth-protocol/schemas'
import { introspect as introspectToken } from '../sessions/introspect.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells whether the service accepts an access token at this moment. REST does not serve it: `GET
 * /api/users/me/` with the token tells the same. `createRevocationCheck` of the typed client asks
 * about many tokens in one request and remembers the answers.
 */
export const introspect = publicProcedure
  .input(verifyInput)
  .output(introspection)
  .mutation(({ ctx, input }) => introspectToken(ctx.auth, ctx.caller, input))
