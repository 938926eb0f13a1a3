import { positiveDuration } from '@pockitflyer/server/settings'
import { z } from 'zod'

const mailKey = z
  .string()
  .refine(
    (value) => Buffer.byteLength(value) >= 32,
    'must be at least 32 bytes; make one with: openssl rand -base64 48',
  )
  .optional()

/** The variables of mailed links that the worker reads. */
export const mailKeyVariables = {
  MAIL_KEY: mailKey,
  MAIL_KEY_OLD: mailKey,
  PASSWORD_RESET_LIFETIME: positiveDuration('1h').prefault('1h'),
}

/** The variables of mails that the service reads. */
export const mailVariables = {
  MAIL_KEY: mailKey,
  MAIL_KEY_OLD: mailKey,
  SMTP_URL: z.string().optional(),
}

const mailObject = z.object(mailVariables)

/** The settings that the variables of mails stand for. */
export const toMailConfig = (settings: z.output<typeof mailObject>) => ({
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
