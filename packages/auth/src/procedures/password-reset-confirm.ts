import { empty, passwordReset } from '@pockitflyer/auth-protocol/schemas'
import { resetPassword } from '../accounts/reset-password.ts'
import { publicProcedure } from './base.ts'
import { badPasswordErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Gives the account of a mailed link or code another password and revokes all its sessions. It
 * starts none: log in with the new password.
 */
export const passwordResetConfirm = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/password/reset/confirm', view: 'Password Reset Confirm' },
    docs: {
      tag: 'Account',
      summary: 'Reset the password',
      description:
        'Takes the `token` of the mailed link, or the `email` and the `code` of the mail. Every session of the user ends. ' +
        'A password that is refused leaves the link as it is.',
      input: {
        summary: 'The link and a new password',
        example: { token: examples.mailedToken, new_password: examples.passwords.new_password },
      },
      output: { summary: 'The password has changed', example: examples.empty },
    },
    errors: [...badPasswordErrors('new_password'), 'mail_off', 'link_invalid', 'link_used', 'overloaded'],
  })
  .input(passwordReset)
  .output(empty)
  .mutation(({ ctx, input }) => resetPassword(ctx.auth, ctx.caller, input))
