import { blank, text } from './text.ts'

/**
 * Longest password in bytes of UTF-8. A longer one is refused before hashing: OWASP Password
 * Storage, "Maximum Password Lengths".
 */
export const passwordMaxBytes = 1024

/**
 * A password: exactly as given, never trimmed and never cut. Whether it may be chosen depends on
 * `PASSWORD_MIN_LENGTH` and is for the use cases to say.
 */
export const passwordToCheck = text
  .min(1, blank)
  .refine((value) => new TextEncoder().encode(value).length <= passwordMaxBytes, {
    error: `Ensure this field has no more than ${passwordMaxBytes} bytes.`,
  })
