import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { fillText } from '../errors/fill-text.ts'
import { type Language, languages } from '../languages/index.ts'

const description = 'The language of mails to the user; null: that of the request that causes a mail.'

/**
 * The language that a user chose.
 * @example const { language } = languageChoice.parse(answer)
 */
export const languageChoice = z
  .object({ language: z.enum(languages).nullable().meta({ description }) })
  .meta({ id: 'LanguageChoice' })

/**
 * What a choice of the language takes. In a form, an empty text is null.
 * @example languageInput.parse({ language: 'de' })
 */
export const languageInput = z
  .object({
    language: z
      .preprocess(
        (value: Language | null) => (String(value) === '' ? null : value),
        z
          .enum(languages, {
            error: ({ input }) =>
              input === undefined
                ? fieldTexts.required
                : fillText(fieldTexts.notChoice, { input: JSON.stringify(input) }),
          })
          .nullable(),
      )
      .meta({ description }),
  })
  .meta({ id: 'LanguageInput' })

export type LanguageChoice = z.infer<typeof languageChoice>
