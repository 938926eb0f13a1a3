import { z } from 'zod'
import { device, time } from './device.ts'
import { emailToFind, newEmail } from './email.ts'
import { browser, code, link, requireProof } from './mailed-link.ts'
import { loginResult } from './session.ts'

/**
 * What proves that a person reads an email: `token`, or `email` and `code`.
 *
 * @example emailVerification.parse({ email: 'ada@example.com', code: '123 456' })
 */
export const emailVerification = z
  .object({
    token: link,
    email: emailToFind.optional().meta({ description: 'With `code`, in place of `token`.' }),
    code,
    browser,
  })
  .superRefine(requireProof)
  .meta({ id: 'EmailVerification' })

/**
 * What a page sends before it shows who registered.
 * @example emailVerificationCheck.parse({ token: link, browser: secretOfThisBrowser })
 */
export const emailVerificationCheck = z
  .object({ token: link.unwrap(), code, browser })
  .meta({ id: 'EmailVerificationCheck' })

/**
 * Who registered with an email, and what its page may offer.
 * @example const { is_open, registrant } = emailVerificationState.parse(answer)
 */
export const emailVerificationState = z
  .object({
    is_open: z.boolean().meta({
      description: 'Whether this browser asked for the mail, or its code was sent: a button alone is enough.',
    }),
    is_done: z.boolean().meta({ description: 'Whether the email is verified already.' }),
    registrant: z
      .object({
        display_name: z.string(),
        created_at: time,
        device,
        ip: z.string().nullable(),
      })
      .meta({ description: 'Who registered, when and from where.' }),
  })
  .meta({ id: 'EmailVerificationState' })

/**
 * What it takes to say that another person registered: the link and the code of the same mail.
 * @example emailVerificationRejection.parse({ token: link, code: '123 456' })
 */
export const emailVerificationRejection = z
  .object({ token: link.unwrap(), code: code.unwrap() })
  .meta({ id: 'EmailVerificationRejection' })

/**
 * What a request for another mail takes, with which a person proves to read an email.
 *
 * @example emailVerificationRequest.parse({ email: 'ada@example.com' })
 */
export const emailVerificationRequest = z
  .object({
    email: newEmail.meta({ description: 'The email to prove, in upper or lower case.', format: 'email' }),
    browser,
  })
  .meta({ id: 'EmailVerificationRequest' })

/**
 * The answer of a registration that a mail must confirm, whether or not the email has an account.
 *
 * @example verificationSent.parse({ detail: 'Verification e-mail sent.' })
 */
export const verificationSent = z
  .object({ detail: z.string().meta({ description: 'Says that a mail goes out.' }) })
  .meta({ id: 'VerificationSent' })

/**
 * The answer of a registration: a new session or, under `EMAIL_VERIFICATION=required`, that a mail
 * goes out.
 *
 * @example const isLoggedIn = 'access' in registerResult.parse(answer)
 */
export const registerResult = z.union([loginResult, verificationSent])

export type EmailVerification = z.infer<typeof emailVerification>
export type EmailVerificationCheck = z.infer<typeof emailVerificationCheck>
export type EmailVerificationState = z.infer<typeof emailVerificationState>
export type EmailVerificationRejection = z.infer<typeof emailVerificationRejection>
export type EmailVerificationRequest = z.infer<typeof emailVerificationRequest>
export type RegisterResult = z.infer<typeof registerResult>
