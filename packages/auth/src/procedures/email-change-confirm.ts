import { emailChangeProof, emailChangeResult } from '@pockitflyer/auth-protocol/schemas'
import { confirmEmailChange } from '../accounts/confirm-email-change.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/** Confirms a change of email with what was mailed to the new email, or to the old one. */
export const emailChangeConfirm = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/email/change/confirm', view: 'Email Change Confirm' },
    docs: {
      tag: 'Account',
      summary: 'Confirm another email',
      description:
        'Takes the `token` of the mailed link, or the `email` of the account as it still is and the `code` of the mail. Under ' +
        '`EMAIL_CHANGE=both` the mailbox of a verified old email agrees too, with the `token` of its mail and the `code` or, where the ' +
        'change was asked for, the `browser`; the answer to the first of the two says what the change waits for. Sessions ' +
        'go on; their tokens carry the new email from the next refresh on. For a week the old email can undo the change, and no other ' +
        'account can take it.',
      input: { summary: 'The link', example: { token: examples.mailedToken } },
      output: { summary: 'The email has changed, or waits for the other mailbox', example: examples.empty },
    },
    errors: ['mail_off', 'link_invalid', 'link_used', 'email_taken'],
  })
  .input(emailChangeProof)
  .output(emailChangeResult)
  .mutation(({ ctx, input }) => confirmEmailChange(ctx.auth, ctx.caller, input))
