import { languageChoice } from '@pockitflyer/auth-protocol/schemas'
import { getLanguage } from '../accounts/language.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'

/** Returns the language that the caller chose for mails. */
export const language = protectedProcedure
  .meta({
    rest: { method: 'GET', path: '/api/users/language', view: 'Language' },
    docs: {
      tag: 'Account',
      summary: 'Get the language of mails to the user',
      description: 'A registration keeps the language of its request, where `LANGUAGES` offers several.',
      output: { summary: 'The language', example: { language: 'de' } },
    },
    errors: callerErrors,
  })
  .output(languageChoice)
  .query(({ ctx }) => getLanguage(ctx.auth, ctx.caller))
