import { fieldTexts } from '../errors/field-texts.ts'
import { isEmail } from './email-syntax.ts'
import { atMost, text, trimmed } from './text.ts'

/**
 * An email to look up: trimmed, otherwise as typed. The service folds it before the look-up.
 * @example emailToFind.parse(' Ada@Example.com ') // 'Ada@Example.com'
 */
export const emailToFind = trimmed.min(1, { error: fieldTexts.blank, abort: true })

/**
 * An email to register: kept as typed, without the invisible characters around it. At most 254
 * characters (RFC 5321 section 4.5.3.1.3). The service also requires a domain that mail can reach.
 * @example newEmail.safeParse('no email').success // false
 */
export const newEmail = text
  .overwrite(trimInvisible)
  .min(1, { error: fieldTexts.blank, abort: true })
  .refine((value) => Array.from(value).length <= 254, { error: atMost(254), abort: true })
  .refine(isEmail, { error: fieldTexts.notEmail, abort: true })
  .meta({ maxLength: 254 })

/** How the service keeps an email that is registered, for the descriptions of its fields. */
export const keptAsTyped = 'Kept as typed but for space and invisible characters around it.'

/**
 * Returns an email without the invisible characters at its ends: white space, control characters
 * and characters without a glyph. A copied email often brings a byte order mark, a zero width
 * space, a no-break space or a mark of direction.
 * @example trimInvisible('\u200Bada@example.com\u00A0') // 'ada@example.com'
 */
export function trimInvisible(email: string): string {
  return email.replace(invisibleEnds, '')
}

const invisible = String.raw`[\p{White_Space}\p{Control}\p{Default_Ignorable_Code_Point}\u2800]`

/**
 * The look-behind keeps it linear: without it, spaces amid a text would be tried from each of their
 * positions.
 */
const invisibleEnds = new RegExp(`^${invisible}+|(?<!${invisible})${invisible}+$`, 'gu')
