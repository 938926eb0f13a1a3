import type { Language } from '@pockitflyer/languages'
import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { MailLifetimes } from '../settings/mails.ts'
import { createMailSecrets, type MailSecrets, toMailKeys } from './mail-secrets.ts'

/** What the worker writes mails with: the first argument of every use case of mails. */
export interface Mailer {
  db: Kysely<Database>
  secrets: MailSecrets
  /** How long links work. */
  lifetimes: MailLifetimes
  /** The language of mails to readers whose own is not known. */
  language: Language
  /** Whether an email without an account gets a mail that says so. */
  mailsUnknown: boolean
}

/** The settings of a mailer. */
export interface MailerSettings extends Omit<Mailer, 'db' | 'secrets'> {
  /** The key of mailed links: the service's own `MAIL_KEY`, or what `auth keys mail` prints. */
  key: string
  /** The key before it: its links still work. */
  oldKey: string | undefined
}

/**
 * Creates what the worker writes mails with. It holds the key of mailed links and none that signs
 * tokens.
 * @example
 * const mailer = createMailer(db, {
 *   key: env.MAIL_KEY,
 *   oldKey: undefined,
 *   lifetimes: { passwordResetSeconds: 3600 },
 *   language: 'en',
 *   mailsUnknown: true,
 * })
 */
export function createMailer(db: Kysely<Database>, { key, oldKey, ...settings }: MailerSettings): Mailer {
  return { ...settings, db, secrets: createMailSecrets(toMailKeys(key, oldKey)) }
}
