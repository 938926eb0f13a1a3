import { z } from 'zod'
import { emailToFind, newEmail } from './email.ts'
import { browser, code, link, requireProof } from './mailed-link.ts'
import { passwordMaxBytes, passwordToCheck } from './password.ts'

/**
 * What a request for a password reset takes.
 *
 * @example passwordResetRequest.parse({ email: 'ada@example.com' })
 */
export const passwordResetRequest = z
  .object({
    email: newEmail.meta({
      description: 'The email of the account, in upper or lower case.',
      format: 'email',
    }),
    browser,
  })
  .meta({ id: 'PasswordResetRequest' })

/**
 * What a reset of the password takes: `token`, or `email` and `code`.
 *
 * @example
 * passwordReset.parse({ email: 'ada@example.com', code: '123 456', new_password: 'seven ferries' })
 */
export const passwordReset = z
  .object({
    token: link,
    email: emailToFind.optional().meta({ description: 'With `code`, in place of `token`.' }),
    code,
    browser,
    new_password: passwordToCheck.meta({
      description: `Long enough and not a common one. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
  })
  .superRefine(requireProof)
  .meta({ id: 'PasswordReset' })

/**
 * What a page sends before it shows the form for a new password: `token`, with `code` in a browser
 * that did not ask for the mail, or `email` and `code`.
 *
 * @example passwordResetCheck.parse({ token: link, browser: secretOfThisBrowser })
 */
export const passwordResetCheck = z
  .object({ token: link, email: emailToFind.optional(), code, browser })
  .superRefine(requireProof)
  .meta({ id: 'PasswordResetCheck' })

/**
 * Whether the page may show that form.
 *
 * @example passwordResetState.parse({ is_open: true })
 */
export const passwordResetState = z
  .object({
    is_open: z.boolean().meta({
      description: 'False: the mail was asked for in another browser. Ask for the code of the mail.',
    }),
  })
  .meta({ id: 'PasswordResetState' })

export type PasswordResetRequest = z.infer<typeof passwordResetRequest>
export type PasswordReset = z.infer<typeof passwordReset>
export type PasswordResetCheck = z.infer<typeof passwordResetCheck>
export type PasswordResetState = z.infer<typeof passwordResetState>
