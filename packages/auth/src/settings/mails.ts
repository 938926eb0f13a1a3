import { positiveDuration } from '@pockitflyer/server/settings'
import { z } from 'zod'

const mailKey = z
  .string()
  .refine(
    (value) => Buffer.byteLength(value) >= 32,
    'must be at least 32 bytes; make one with: openssl rand -base64 48',
  )
  .optional()

/** The settings of mailed links that the worker reads. */
export const mailerSettingFields = {
  MAIL_KEY: mailKey,
  MAIL_KEY_OLD: mailKey,
  PASSWORD_RESET_LIFETIME: positiveDuration('1h').prefault('1h'),
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
  MAIL_KEY: mailKey,
  MAIL_KEY_OLD: mailKey,
  SMTP_URL: z.string().optional(),
}

const mailObject = z.object(mailSettingFields)

/** Returns the mail settings of validated settings. */
export const toMailSettings = (settings: z.output<typeof mailObject>) => ({
  /**
   * Whether mail can be sent. The service itself sends none: it looks whether the worker has a
   * server.
   */
  isOn: settings.SMTP_URL !== undefined,
  /** Makes mailed links and codes; without it, a key derived from the one that signs. */
  key: settings.MAIL_KEY,
  /** Still accepted. */
  oldKey: settings.MAIL_KEY_OLD,
})
