import { type Language, toLanguage } from '@pockitflyer/languages'
import { insertEvent } from '../db/auth-events.ts'
import type { MailKey } from '../db/jobs.ts'
import { type Mail, updateMailAttempts, updateMailFailed, updateMailSent } from '../db/mails.ts'
import { findOneTimeToken } from '../db/one-time-tokens.ts'
import { findRegistration, type Registration } from '../db/registrations.ts'
import { toSecretSource } from './find-proven-registration.ts'
import type { MailSecrets } from './mail-secrets.ts'
import type { Mailer } from './mailer.ts'

/** A mail as a template renders it. */
export interface MailContent {
  /** The id of the mail: its `Message-ID` comes of it, and is the same when it is sent twice. */
  id: string
  template: string
  /** As the person typed it. */
  toEmail: string
  params: Record<string, unknown>
  language: Language
  /** When the mail was written. */
  createdAt: Date
  /** The text of its link and its six digits; absent in a mail without a token. */
  secrets?: { link: string; code: string; expiresAt: Date }
}

/** Hands a mail to an SMTP server and returns what the server called it. */
export type Deliver = (mail: MailContent) => Promise<string>

/** The SMTP server refused a mail for good (a reply of 5xx, RFC 5321 section 4.2.1). */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError'
}

/** What became of a mail. `settled`: it was sent or given up before, or is gone. */
export interface MailResult {
  outcome: 'sent' | 'over' | 'refused' | 'settled'
  /** `undefined`: the mail is gone. */
  template: string | undefined
}

/**
 * Sends a mail of the outbox and records it. A mail whose time is over, or whose link works no
 * more, is given up. One that was refused for good is given up too, and the audit says so. The
 * links and codes exist from here to the SMTP server only.
 * @throws what `deliver` threw otherwise: the queue tries again later
 */
export async function sendMail(mailer: Mailer, key: MailKey, deliver: Deliver): Promise<MailResult> {
  const { db } = mailer
  const mail = await updateMailAttempts(db, key)
  const template = mail?.template
  if (mail === undefined || mail.isSettled) return { outcome: 'settled', template }
  const content = await findContent(mailer, key, mail)
  if (content === undefined) {
    await updateMailFailed(db, key, { error: 'its time was over', isGivenUp: true })
    return { outcome: 'over', template }
  }
  try {
    await updateMailSent(db, key, await deliver(content))
    return { outcome: 'sent', template }
  } catch (error) {
    const isGivenUp = error instanceof MailRefusedError
    await updateMailFailed(db, key, { error: describe(error), isGivenUp })
    if (!isGivenUp) throw error
    await insertEvent(db, {
      kind: 'mail_refused',
      userId: 'userId' in key ? key.userId : null,
      client: { ip: null, userAgent: null },
      detail: { template },
    })
    return { outcome: 'refused', template }
  }
}

/** Returns `undefined` for a mail that would come too late. */
async function findContent(
  { db, secrets, ...mailer }: Mailer,
  key: MailKey,
  { template, toEmail, tokenId, params, locale, createdAt, isOver }: Mail,
): Promise<MailContent | undefined> {
  if (isOver) return undefined
  const language = toLanguage(locale) ?? mailer.language
  const content = { id: key.id, template, toEmail, params, language, createdAt }
  if (tokenId === null) return content
  if (!('userId' in key)) {
    const registration = await findRegistration(db, { id: tokenId, email: key.email })
    return withRegistration(registration, { content, secrets })
  }
  const token = await findOneTimeToken(db, { userId: key.userId, id: tokenId })
  if (token === undefined || token.isConsumed || token.isExpired) return undefined
  if (!token.isActive && token.purpose !== 'undo') return undefined
  const { expiresAt } = token
  return { ...content, secrets: { link: secrets.link(token), code: secrets.code(token), expiresAt } }
}

/** Returns `undefined` for a registration that waits no more. */
function withRegistration(
  registration: Registration | undefined,
  { content, secrets }: { content: MailContent; secrets: MailSecrets },
): MailContent | undefined {
  if (registration === undefined || registration.isConsumed || registration.isExpired) return undefined
  const source = toSecretSource(registration)
  const { expiresAt } = registration
  return { ...content, secrets: { link: secrets.link(source), code: secrets.code(source), expiresAt } }
}

/** The first line of an error, without what follows: an SMTP reply may quote the whole mail. */
function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1).join('').slice(0, 500)
}
