import { z } from 'zod'
import { emailToFind, newEmail } from './email.ts'
import { passwordMaxBytes, passwordToCheck } from './password.ts'
import { blank, text, trimmed } from './text.ts'

/** The secret that a page keeps in its browser from the request for a mail on. */
const browser = text.optional().meta({
  description:
    'A random secret that the page keeps in the browser, the same in the request for the mail and with its link: it proves that ' +
    'the browser is the one that asked.',
})

/** The secret of a mailed link. */
const link = trimmed.min(1, blank).optional().meta({
  description: 'The parameter `t` of the link in the mail.',
})

const code = trimmed
  .min(1, blank)
  .overwrite((value) => value.replace(/[\s-]/g, ''))
  .optional()
  .meta({ description: 'The six digits of the mail; space among them is ignored.' })

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

interface Proof {
  token?: string | undefined
  email?: string | undefined
  code?: string | undefined
}

/** Requires `token`, or `email` and `code`. */
function requireProof({ token, email, code }: Proof, context: z.RefinementCtx): void {
  if (token !== undefined || (email !== undefined && code !== undefined)) return
  const path = email === undefined && code === undefined ? 'token' : email === undefined ? 'email' : 'code'
  context.addIssue({ code: 'custom', path: [path], message: 'This field is required.' })
}

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
