import { languageChoice, languageInput } from '@pockitflyer/auth-protocol/schemas'
import { updateLanguage as update } from '../accounts/language.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'

/** Chooses the language of mails to the caller. */
export const updateLanguage = protectedProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'PUT', path: '/api/users/language', view: 'Language' },
    docs: {
      tag: 'Account',
      summary: 'Choose the language of mails to the user',
      description: 'Answers have the language of `Accept-Language`; mails have this one.',
      input: { summary: 'A language', example: { language: 'de' } },
      output: { summary: 'The language', example: { language: 'de' } },
    },
    errors: [...callerErrors, 'throttled'],
  })
  .input(languageInput)
  .output(languageChoice)
  .mutation(({ ctx, input }) => update(ctx.auth, ctx.caller, input))
