import { positiveDuration } from '@pockitflyer/server/settings'
import { z } from 'zod'
import { languageList } from './languages.ts'

const mailKey = z
  .string()
  .refine(
    (value) => Buffer.byteLength(value) >= 32,
    'must be at least 32 bytes; make one with: openssl rand -base64 48',
  )
  .optional()

/** The settings of mailed links that the worker reads. */
export const mailerSettingFields = {
  LANGUAGES: languageList
    .optional()
    .describe('The first is the language of mails to readers whose own is not known, as in the API'),
  MAIL_KEY: mailKey.meta({
    absent: 'required with `SMTP_URL`',
    description:
      'Makes the links and codes in mails. `pnpm auth keys mail` prints the one that the API derives; `start` hands it on',
  }),
  MAIL_KEY_OLD: mailKey.meta({ description: 'The `MAIL_KEY` before' }),
  PASSWORD_RESET_LIFETIME: positiveDuration('1h')
    .prefault('1h')
    .describe('How long the link of a password reset works; its code works for 10 minutes'),
}

const mailerObject = z.object(mailerSettingFields)

/** Returns how long links work, in seconds, of validated settings. */
export const toMailLifetimes = (settings: z.output<typeof mailerObject>) => ({
  passwordResetSeconds: settings.PASSWORD_RESET_LIFETIME,
})

/** How long links work, in seconds. */
export type MailLifetimes = ReturnType<typeof toMailLifetimes>

/** The settings of mails that the service reads. */
export const mailSettingFields = {
  SMTP_URL: z.string().optional().meta({
    absent: 'none: the service sends no mail, and features that need it are off',
    description: 'The mail server of the worker. The API looks only whether there is one',
  }),
  EMAIL_VERIFICATION: z
    .enum(['off', 'optional', 'required'], 'must be off, optional or required')
    .default('off')
    .describe(
      'Whether a person proves to read the email. `optional`: a mail goes out, and `email_verified` tells. `required`: only then is there an account, and no registration tells whether an email has one. Both need `SMTP_URL`',
    ),
  EMAIL_CHANGE: z
    .enum(['notify', 'both'], 'must be notify or both')
    .default('notify')
    .describe(
      'Who must agree to another email of an account. `notify`: the new mailbox; the old one gets a notice. `both`: the old mailbox too, if its email is verified',
    ),
  MAIL_KEY: mailKey.meta({
    absent: 'derived from `SIGNING_KEY` or `SECRET_KEY`',
    description:
      'Makes the links and codes in mails; at least 32 bytes, the same for the API and the worker. The worker needs it',
  }),
  MAIL_KEY_OLD: mailKey.meta({ description: 'The `MAIL_KEY` before: its links still work' }),
}

const mailObject = z.object(mailSettingFields)

/** Checks that what needs mail has a mail server. */
export function checkMails(
  { EMAIL_VERIFICATION, SMTP_URL }: z.output<typeof mailObject>,
  context: z.RefinementCtx,
): void {
  if (EMAIL_VERIFICATION === 'off' || SMTP_URL !== undefined) return
  const message = `is ${EMAIL_VERIFICATION}, which needs mail; set SMTP_URL, or EMAIL_VERIFICATION=off`
  context.addIssue({ code: 'custom', path: ['EMAIL_VERIFICATION'], message })
}

/** Returns the mail settings of validated settings. */
export const toMailSettings = (settings: z.output<typeof mailObject>) => ({
  /**
   * Whether mail can be sent. The service itself sends none: it looks whether the worker has a
   * server.
   */
  isOn: settings.SMTP_URL !== undefined,
  /** Whether a person must prove to read the email. */
  verification: settings.EMAIL_VERIFICATION,
  /** Which mailboxes must agree to another email. */
  change: settings.EMAIL_CHANGE,
  /** Makes mailed links and codes; without it, a key derived from the one that signs. */
  key: settings.MAIL_KEY,
  /** Still accepted. */
  oldKey: settings.MAIL_KEY_OLD,
})
