import { empty, refreshInput } from '@pockitflyer/auth-protocol/schemas'
import { logout as logOut } from '../sessions/logout.ts'
import { publicProcedure } from './base.ts'
import { typedTokenErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Ends the session of a refresh token. For the session that the typed client keeps there is
 * `client.logOut()`.
 */
export const logout = publicProcedure
  .meta({
    session: 'revokes',
    rest: {
      method: 'POST',
      path: '/api/users/token/blacklist',
      view: 'Token Blacklist',
      text: 'Takes a token and blacklists it. Must be used with the\n`rest_framework_simplejwt.token_blacklist` app installed.',
    },
    docs: {
      tag: 'Sessions',
      summary: 'Log out',
      description:
        'Ends the session of a refresh token on this device: from the next request on no token of that session is accepted here.',
      input: { summary: 'The newest refresh token', example: examples.nextRefreshToken },
      output: { summary: 'The session has ended', example: examples.empty },
    },
    errors: [...typedTokenErrors, 'session_ended', 'account_unavailable'],
  })
  .input(refreshInput)
  .output(empty)
  .mutation(({ ctx, input }) => logOut(ctx.auth, ctx.caller, input))
