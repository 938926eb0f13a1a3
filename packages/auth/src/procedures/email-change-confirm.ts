import { emailChangeProof, empty } from '@pockitflyer/auth-protocol/schemas'
import { confirmEmailChange } from '../accounts/confirm-email-change.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/** Gives the account of a mailed link or code the email that the mail went to. */
export const emailChangeConfirm = publicProcedure
  .meta({
    rest: { method: 'POST', path: '/api/users/email/change/confirm', view: 'Email Change Confirm' },
    docs: {
      tag: 'Account',
      summary: 'Confirm another email',
      description:
        'Takes the `token` of the mailed link, or the `email` of the account as it still is and the `code` of the mail. Sessions go ' +
        'on; their tokens carry the new email from the next refresh on. For a week the old email can undo the change, and no other ' +
        'account can take it.',
      input: { summary: 'The link', example: { token: examples.mailedToken } },
      output: { summary: 'The email has changed', example: examples.empty },
    },
    errors: ['mail_off', 'link_invalid', 'link_used', 'email_taken'],
  })
  .input(emailChangeProof)
  .output(empty)
  .mutation(({ ctx, input }) => confirmEmailChange(ctx.auth, ctx.caller, input))
