import { empty, undoInput } from '@pockitflyer/auth-protocol/schemas'
import { undoChange } from '../accounts/undo-change.ts'
import { publicProcedure } from './base.ts'
import { examples } from './examples.ts'

/**
 * Undoes a change of email or password with the link and the code of the mail that told of it. The
 * account gets the email back that it had, and mail to it leads to another password.
 */
export const undo = publicProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/undo', view: 'Undo' },
    docs: {
      tag: 'Account',
      summary: 'Undo a change of email or password',
      description:
        'Takes the `token` of the link and the `code` of the notice, for a week. The account gets the email back that it had before ' +
        'the change, every session ends, the password and later undos are void, and a mail to that email leads to another password.',
      input: { summary: 'The link and the code', example: { token: examples.mailedToken, code: '123456' } },
      output: { summary: 'The change is undone', example: examples.empty },
    },
    errors: ['mail_off', 'link_invalid', 'link_used'],
  })
  .input(undoInput)
  .output(empty)
  .mutation(({ ctx, input }) => undoChange(ctx.auth, ctx.caller, input))
