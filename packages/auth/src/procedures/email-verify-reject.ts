import { emailVerificationRejection, empty } from '@pockitflyer/auth-protocol/schemas'
import { rejectRegistration } from '../accounts/reject-registration.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Deletes what another person registered with the email of a mail's reader: the registration or,
 * while its email is not verified, the account.
 */
export const emailVerifyReject = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/email/verify/reject', view: 'Email Verify Reject' },
    docs: {
      tag: 'Account',
      summary: 'Say that another person registered with the email',
      description:
        'Takes the `token` of the mailed link and the `code` of the same mail, as long as the link works. The registration is deleted; ' +
        'an account whose email is not verified, with all that is in it. Other registrations of the email stay.',
      input: { summary: 'The link and the code', example: { token: examples.mailedToken, code: '123456' } },
      output: { summary: 'It is deleted', example: examples.empty },
    },
    errors: ['mail_off', 'link_invalid', 'link_used'],
  })
  .input(emailVerificationRejection)
  .output(empty)
  .mutation(({ ctx, input }) => rejectRegistration(ctx.auth, ctx.caller, input))
