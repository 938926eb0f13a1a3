import { z } from 'zod'
import { keptAsTyped, newEmail } from './email.ts'
import { browser } from './mailed-link.ts'
import { passwordMaxBytes, passwordToCheck } from './password.ts'
import { displayName } from './profile.ts'
import { access, deviceToken } from './token.ts'

/**
 * The input of a registration.
 * @example registerInput.parse({ email: 'ada@example.com', password: 'seven ferries at noon' })
 */
export const registerInput = z
  .object({
    email: newEmail.meta({
      description: `${keptAsTyped} It is one address in upper and in lower case.`,
      format: 'email',
    }),
    password: passwordToCheck.meta({
      description: `Long enough and not a common one. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
    display_name: displayName.optional().meta({
      description: 'What others call the user. Without it: `Anonymous User`.',
    }),
    browser,
    device_token: deviceToken,
  })
  .meta({ id: 'RegisterInput' })

/**
 * The input of a change of password.
 * @example
 * changePasswordInput.parse({ current_password: 'old one', new_password: 'seven ferries at noon' })
 */
export const changePasswordInput = z
  .object({
    current_password: passwordToCheck.meta({
      description: 'Exactly as the user typed it.',
      format: 'password',
    }),
    new_password: passwordToCheck.meta({
      description: `Another one, long enough and not a common one. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
  })
  .meta({ id: 'ChangePasswordInput' })

/**
 * The answer of a change of password: the tokens of the session that it started.
 * @example const { access, refresh } = newTokens.parse(answer)
 */
export const newTokens = z
  .object({
    access,
    refresh: z
      .string()
      .meta({ description: 'Replaces every refresh token from before: those are worth nothing now.' }),
  })
  .meta({ id: 'NewTokens' })

/**
 * The rules that a form shows before a registration or a new password.
 * @example const { registration, password } = publicPolicy.parse(answer)
 */
export const publicPolicy = z
  .object({
    registration: z.boolean().meta({ description: 'Whether anybody may register.' }),
    password: z.object({
      min_length: z.int().meta({ description: 'Characters that a new password has at least.' }),
      max_bytes: z.int().meta({ description: 'Bytes of UTF-8 that a password has at most.' }),
    }),
    password_reset: z.boolean().meta({
      description: 'Whether a mail can reset a password: false where the service sends no mail.',
    }),
    email_verification: z.enum(['off', 'optional', 'required']).meta({
      description:
        'Whether a person proves to read the email. `required`: a registration starts no session, and a login needs the proof.',
    }),
  })
  .meta({ id: 'Policy' })

export type ChangePasswordInput = z.infer<typeof changePasswordInput>
export type PublicPolicy = z.infer<typeof publicPolicy>
export type RegisterInput = z.infer<typeof registerInput>
