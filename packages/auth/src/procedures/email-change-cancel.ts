import { emailChangeCancellation, empty } from '@pockitflyer/auth-protocol/schemas'
import { cancelEmailChange } from '../accounts/cancel-email-change.ts'
import { publicProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Cancels the caller's change of email that is not confirmed yet or, without an access token, that
 * of the link in the mail to the old email. So it does not build on `protectedProcedure`.
 */
export const emailChangeCancel = publicProcedure
  .meta({
    writesAccount: true,
    isProtected: true,
    rest: { method: 'POST', path: '/api/users/email/change/cancel', view: 'Email Change Cancel' },
    docs: {
      tag: 'Account',
      summary: 'Cancel a change of email',
      description:
        'Takes the `token` of the link in the mail to the old email. Without it, send an access token as to the endpoints that need ' +
        'one: the change of its user is cancelled. Where nothing is open the answer is the same. A change that was confirmed is undone ' +
        'with `undo`.',
      input: { summary: 'The link', example: { token: examples.mailedToken } },
      output: { summary: 'No change is open', example: examples.empty },
    },
    errors: [...callerErrors, 'mail_off', 'link_invalid', 'throttled'],
  })
  .input(emailChangeCancellation)
  .output(empty)
  .mutation(({ ctx, input }) =>
    cancelEmailChange(ctx.auth, { ...ctx.caller, authenticate: () => ctx.authenticate() }, input),
  )
