import { loginInput, loginResult } from '@pockitflyer/auth-protocol/schemas'
import { login as logIn } from '../sessions/login.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Logs in: email and password in, a token pair and the user out. The typed client keeps the pair.
 */
export const login = publicProcedure
  .meta({
    session: 'starts',
    rest: {
      method: 'POST',
      path: '/api/users/login',
      view: 'Login',
      headers: { device_token: 'Device-Token' },
    },
    docs: {
      tag: 'Sessions',
      summary: 'Log in',
      description:
        'Email and password in; a pair of tokens and the user out. Each login starts a session of its own, so a user can be ' +
        'logged in on several devices.',
      input: { summary: 'Email and password', example: examples.credentials },
      output: { summary: 'A new session', example: examples.session },
    },
    errors: ['invalid_credentials', 'email_not_verified', 'throttled', 'overloaded'],
  })
  .input(loginInput)
  .output(loginResult)
  .mutation(({ ctx, input }) => logIn(ctx.auth, ctx.caller, input))
