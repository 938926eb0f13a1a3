import { empty } from '@pockitflyer/auth-protocol/schemas'
import { requestPasswordReset } from '../accounts/request-password-reset.ts'
import { passwordResetRequestInput } from '../emails/reachable-email.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Asks for a mail with a link and a code, with which its reader can choose another password. The
 * answer is the same whether or not the email has an account.
 */
export const passwordReset = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/password/reset', view: 'Password Reset' },
    docs: {
      tag: 'Account',
      summary: 'Ask for a mail that resets the password',
      description:
        'Mails a link and a code of six digits to the email, if it has an account; else a mail that says so, at most once a day. ' +
        'The answer is always the same. The link works for an hour, the code for ten minutes. Mails beyond one a minute are dropped.',
      input: { summary: 'The email of the account', example: { email: examples.user.email } },
      output: { summary: 'A mail goes out', example: examples.empty },
    },
    errors: ['mail_off', 'throttled'],
  })
  .input(passwordResetRequestInput)
  .output(empty)
  .mutation(({ ctx, input }) => requestPasswordReset(ctx.auth, ctx.caller, input))
