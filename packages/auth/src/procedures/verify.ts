import { empty, verifyInput } from '@pockitflyer/auth-protocol/schemas'
import { verify as verifyToken } from '../sessions/verify.ts'
import { publicProcedure } from './base.ts'
import { invalidInput, tokenErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Tells whether the service signed a token and its time is not over. Whether its session has ended,
 * `introspect` tells. A mutation, so that no token stands in a URL.
 */
export const verify = publicProcedure
  .meta({
    rest: {
      method: 'POST',
      path: '/api/users/token/verify',
      view: 'Token Verify',
      text: "Takes a token and indicates if it is valid.  This view provides no\ninformation about a token's fitness for a particular use.",
    },
    docs: {
      tag: 'Tokens',
      summary: 'Ask whether a token is good',
      description:
        'Tells whether the service signed a token of either kind and its time is not over. It does not tell whether the user ' +
        'has logged out since: ask for the user to know that.',
      input: { summary: 'An access token', example: examples.token },
      output: { summary: 'The token is good', example: examples.empty },
    },
    errors: [
      invalidInput(
        'token_blacklisted',
        'The session of the token has ended. Only a service with `BLACKLIST_AFTER_ROTATION=true` looks.',
        { non_field_errors: ['Token is blacklisted'] },
      ),
      ...tokenErrors,
    ],
  })
  .input(verifyInput)
  .output(empty)
  .mutation(({ ctx, input }) => verifyToken(ctx.auth, ctx.caller, input))
