import { empty } from '@pockitflyer/auth-protocol/schemas'
import { requestEmailVerification } from '../accounts/request-email-verification.ts'
import { emailVerificationRequestInput } from '../emails/reachable-email.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Asks for another mail that proves an email. The answer is the same whether or not one waits for
 * it.
 */
export const emailVerifyResend = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/email/verify/resend', view: 'Email Verify Resend' },
    docs: {
      tag: 'Account',
      summary: 'Ask for another mail that verifies an email',
      description:
        'Mails the same link and a code to the email, if a registration or an account waits to be verified. The answer is always ' +
        'the same. The link works for a day, the code for ten minutes. Mails beyond one a minute are dropped. Earlier mails go on working.',
      input: { summary: 'The email to verify', example: { email: examples.user.email } },
      output: { summary: 'A mail goes out', example: examples.empty },
    },
    errors: ['mail_off', 'throttled'],
  })
  .input(emailVerificationRequestInput)
  .output(empty)
  .mutation(({ ctx, input }) => requestEmailVerification(ctx.auth, ctx.caller, input))
