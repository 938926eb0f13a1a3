import { z } from 'zod'
import { emailToFind, keptAsTyped, newEmail } from './email.ts'
import { browser, code, link, requireProof } from './mailed-link.ts'
import { passwordToCheck } from './password.ts'

/**
 * What a change of email takes.
 * @example
 * emailChangeInput.parse({ new_email: 'ada@example.org', current_password: 'seven ferries' })
 */
export const emailChangeInput = z
  .object({
    new_email: newEmail.meta({ description: keptAsTyped, format: 'email' }),
    current_password: passwordToCheck.meta({
      description: 'Exactly as the user typed it.',
      format: 'password',
    }),
    browser,
  })
  .meta({ id: 'EmailChangeInput' })

const proof = {
  token: link,
  email: emailToFind
    .optional()
    .meta({ description: 'With `code`, in place of `token`: the email of the account as it still is.' }),
  code,
  browser,
}

/**
 * What proves that a person reads the new email: `token`, or `email` and `code`. The old mailbox
 * agrees with `token` and `code`, or with `token` and `browser` where it asked.
 * @example emailChangeProof.parse({ email: 'ada@example.com', code: '123 456' })
 */
export const emailChangeProof = z.object(proof).superRefine(requireProof).meta({ id: 'EmailChangeProof' })

/**
 * What a page sends before it offers to change the email with a button alone.
 * @example emailChangeCheck.parse({ token: link, browser: secretOfThisBrowser })
 */
export const emailChangeCheck = z.object(proof).superRefine(requireProof).meta({ id: 'EmailChangeCheck' })

/**
 * The answer to a proof: nothing once the email has changed, or what the change waits for.
 * @example emailChangeResult.parse({ waits_for: 'old_email' })
 */
export const emailChangeResult = z
  .object({
    waits_for: z.enum(['old_email', 'new_email']).optional().meta({
      description:
        'Under `EMAIL_CHANGE=both`: whose mailbox must still agree. Without it, the email has changed.',
    }),
  })
  .meta({ id: 'EmailChangeResult' })

/**
 * Which change of email to cancel: that of the link, or the caller's own.
 * @example emailChangeCancellation.parse({ token: link })
 */
export const emailChangeCancellation = z
  .object({
    token: link.meta({
      description:
        'The parameter `t` of the link in the mail to the old email. Without it, send an access token.',
    }),
  })
  .meta({ id: 'EmailChangeCancellation' })

export type EmailChangeInput = z.infer<typeof emailChangeInput>
export type EmailChangeProof = z.infer<typeof emailChangeProof>
export type EmailChangeResult = z.infer<typeof emailChangeResult>
export type EmailChangeCancellation = z.infer<typeof emailChangeCancellation>
