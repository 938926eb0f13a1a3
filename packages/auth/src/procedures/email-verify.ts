import { emailVerification, empty } from '@pockitflyer/auth-protocol/schemas'
import { verifyEmail } from '../accounts/verify-email.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Proves the email of a mailed link or code: a registration becomes an account, and a user has a
 * verified email. Doing so twice is a success. It starts no session: log in with the password.
 */
export const emailVerify = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/email/verify', view: 'Email Verify' },
    docs: {
      tag: 'Account',
      summary: 'Verify an email',
      description:
        'Takes the `token` of the mailed link, or the `email` and the `code` of the mail. Under `EMAIL_VERIFICATION=required` ' +
        'this adds the account of the registration, with the password that it chose. Other registrations of the email are void.',
      input: { summary: 'The link', example: { token: examples.mailedToken } },
      output: { summary: 'The email is verified', example: examples.empty },
    },
    errors: ['mail_off', 'link_invalid'],
  })
  .input(emailVerification)
  .output(empty)
  .mutation(({ ctx, input }) => verifyEmail(ctx.auth, ctx.caller, input))
