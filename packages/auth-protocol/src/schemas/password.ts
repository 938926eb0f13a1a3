import { fieldTexts } from '../errors/field-texts.ts'
import { fillText } from '../errors/fill-text.ts'
import { text } from './text.ts'

/**
 * Longest password in bytes of UTF-8. A longer one is refused before hashing: OWASP Password
 * Storage, "Maximum Password Lengths".
 */
export const passwordMaxBytes = 1024

/**
 * A password: exactly as given, never trimmed and never cut. The use cases decide whether it may be
 * chosen, by `PASSWORD_MIN_LENGTH` and the list of common passwords.
 * @example passwordToCheck.parse(' as typed ') // ' as typed '
 */
export const passwordToCheck = text
  .min(1, fieldTexts.blank)
  .refine((value) => new TextEncoder().encode(value).length <= passwordMaxBytes, {
    error: fillText(fieldTexts.tooManyBytes, { count: passwordMaxBytes }),
  })
