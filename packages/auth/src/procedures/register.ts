import { emailUnavailable, register as registerAccount } from '../accounts/register.ts'
import { errorNotes } from '../error-notes.ts'
import { loginResult, registerInput } from '../schema.ts'
import { publicProcedure } from './base.ts'
import { badPasswordErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/** An account in; a token pair and the user out. */
export const register = publicProcedure
  .meta({
    rest: {
      method: 'POST',
      path: '/api/users/register',
      view: 'Register',
      status: 201,
      headers: { device_token: 'Device-Token' },
    },
    docs: {
      tag: 'Account',
      summary: 'Register',
      description:
        'Adds an account and logs its user in. If the answer got lost, send the same request again: whoever registers an address ' +
        'that has an account, with the password of that account, is logged in to it, and its profile stays as it is.',
      input: { summary: 'An account', example: examples.registration },
      output: { summary: 'A new session', example: examples.registeredSession },
    },
    errors: [
      ...badPasswordErrors('password'),
      { name: 'email_unavailable', note: errorNotes.email_unavailable, error: emailUnavailable() },
      'registration_closed',
      'throttled',
      'overloaded',
    ],
  })
  .input(registerInput)
  .output(loginResult)
  .mutation(({ ctx, input }) => registerAccount(ctx.auth, input, ctx.client))
