import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { fillText } from '../errors/fill-text.ts'

/**
 * The texts of these schemas are those of Django REST framework's CharField, so that forms, tRPC
 * and REST say the same.
 */

/** White space to Python's `str.strip()`, and with it to Django REST framework's CharField. */
const space = String.raw`[\p{White_Space}\x1c-\x1f]`

/**
 * The look-behind keeps it linear: without it, spaces amid a text would be tried from each of their
 * positions.
 */
const surroundingSpace = new RegExp(`^${space}+|(?<!${space})${space}+$`, 'gu')

/** A text, and nothing is said of its characters. */
export const string = z.string({
  error: ({ input }) => {
    if (input === undefined) return fieldTexts.required
    return input === null ? fieldTexts.null : fieldTexts.notText
  },
})

/** A text that PostgreSQL can store. */
export const text = string
  .refine((value) => !value.includes('\0'), fieldTexts.nullCharacter)
  .superRefine((value, context) => {
    const surrogate = /\p{Surrogate}/u.exec(value)?.[0].charCodeAt(0)
    if (surrogate !== undefined) {
      context.addIssue(fillText(fieldTexts.surrogate, { code: `U+${surrogate.toString(16).toUpperCase()}` }))
    }
  })

/** Text without white space at its ends, as Python strips it. */
export const trimmed = text.overwrite((value) => value.replace(surroundingSpace, ''))

/** The error text for more characters than that. */
export const atMost = (count: number) => fillText(fieldTexts.tooLong, { count })

/**
 * At most so many code points, as Python counts characters: one beyond U+FFFF is one character, not
 * two.
 */
export const upTo = (length: number, field: typeof text) =>
  field.refine((value) => Array.from(value).length <= length, atMost(length)).meta({ maxLength: length })
