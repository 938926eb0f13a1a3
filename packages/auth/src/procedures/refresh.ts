import { refreshInput, tokenPair } from '@pockitflyer/auth-protocol/schemas'
import { refresh as refreshSession } from '../sessions/refresh.ts'
import { publicProcedure } from './base.ts'
import { typedTokenErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Returns the next token pair for a refresh token. The typed client does this by itself: call it
 * only for tokens that it does not keep.
 */
export const refresh = publicProcedure
  .meta({
    session: 'refreshes',
    rest: {
      method: 'POST',
      path: '/api/users/token/refresh',
      view: 'Token Refresh',
      text: 'Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is valid.',
      readOnly: ['access'],
    },
    docs: {
      tag: 'Sessions',
      summary: 'Get the next pair of tokens',
      description:
        'A refresh token in; the next access token out and, as the service is usually set up, the next refresh token. Store ' +
        'the new refresh token before you use the access token. If the answer got lost, send the same request again: the ' +
        'token before the newest is accepted for a moment and gets the same refresh token.',
      input: { summary: 'The newest refresh token', example: examples.refreshToken },
      output: { summary: 'The next pair', example: examples.tokenPair },
    },
    errors: [...typedTokenErrors, 'session_ended', 'account_unavailable', 'throttled'],
  })
  .input(refreshInput)
  .output(tokenPair)
  .mutation(({ ctx, input }) => refreshSession(ctx.auth, ctx.caller, input))
