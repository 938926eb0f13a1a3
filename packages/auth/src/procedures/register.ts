import { errorTable } from '@pockitflyer/auth-protocol/errors'
import { registerResult } from '@pockitflyer/auth-protocol/schemas'
import { emailUnavailable, register as registerAccount } from '../accounts/register.ts'
import { registrationInput } from '../emails/reachable-email.ts'
import { publicProcedure } from './base.ts'
import { badPasswordErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Adds an account and logs its user in. The typed client keeps the pair. An email that has an
 * account, with the password of that account, logs in to it. Under `EMAIL_VERIFICATION=required` it
 * starts no session: the answer says that a mail goes out, which proves the email.
 */
export const register = publicProcedure
  .meta({
    writesAccount: true,
    session: 'starts',
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
        'that has an account, with the password of that account, is logged in to it, and its profile stays as it is. ' +
        'Under `EMAIL_VERIFICATION=required` no session starts: the answer, the same for every email, says that a mail goes out, ' +
        'and the account is added when its reader proves the email.',
      input: { summary: 'An account', example: examples.registration },
      output: { summary: 'A new session', example: examples.registeredSession },
    },
    errors: [
      ...badPasswordErrors('password'),
      { name: 'email_unavailable', note: errorTable.email_unavailable.note, error: emailUnavailable() },
      'registration_closed',
      'throttled',
      'overloaded',
    ],
  })
  .input(registrationInput)
  .output(registerResult)
  .mutation(async ({ ctx, input }) => {
    const result = await registerAccount(ctx.auth, ctx.caller, input)
    return 'detail' in result ? { detail: ctx.translate(result.detail) } : result
  })
