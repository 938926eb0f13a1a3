import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import { empty } from '@pockitflyer/auth-protocol/schemas'
import { requestEmailChange } from '../accounts/request-email-change.ts'
import { emailChangeRequestInput } from '../emails/reachable-email.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors, invalidInput, wrongPasswordError } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Asks for another email of the caller. It changes when the link or the code of the mail to it is
 * confirmed. The answer is the same whether or not another account has it.
 */
export const emailChange = protectedProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'POST', path: '/api/users/email/change', view: 'Email Change' },
    docs: {
      tag: 'Account',
      summary: 'Ask for another email',
      description:
        'Mails a link and a code to the new email, and a notice to the old one, whose link stops the change. Under `EMAIL_CHANGE=both` ' +
        'that mail asks a verified old email to agree. The link works for a day, the code for ten minutes. The ' +
        'answer is the same whether or not another account has the new email. A second change replaces the first.',
      input: {
        summary: 'The new email',
        example: { new_email: 'ada@example.org', current_password: examples.credentials.password },
      },
      output: { summary: 'A mail goes out', example: examples.empty },
    },
    errors: [
      wrongPasswordError,
      invalidInput('same_email', 'The new email is the current one.', { new_email: [fieldTexts.sameEmail] }),
      'mail_off',
      ...callerErrors,
      'throttled',
      'overloaded',
    ],
  })
  .input(emailChangeRequestInput)
  .output(empty)
  .mutation(({ ctx, input }) => requestEmailChange(ctx.auth, ctx.caller, input))
