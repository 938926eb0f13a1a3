import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import type { EventKind } from '../db/event-kinds.ts'
import type { TokenPurpose } from '../db/mail-tables.ts'
import { insertMailAndJob, countRecentMails, type RecentMails } from '../db/mails.ts'
import { renewOrInsertToken } from '../db/one-time-tokens.ts'
import { findUserForUpdate, type UserToAuthenticate } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import type { MailRequest } from './mail-job.ts'

/** A mail with a link and a code to an active user. */
export interface LinkMail {
  job: MailRequest
  user: UserToAuthenticate
  template: string
  purpose: TokenPurpose
  lifetimeSeconds: number
  /** What the audit says of it. */
  event: EventKind
}

/**
 * Writes a mail with a link and a code to a user's email. A link that still works is mailed again.
 * A mail beyond one a minute, three a token and ten a day is dropped.
 */
export async function writeLinkToUser(db: Kysely<Database>, mail: LinkMail): Promise<void> {
  const { job, user, template, purpose, lifetimeSeconds, event } = mail
  const { mailId, browserHash, ip, userAgent, language } = job
  const key = { userId: user.id, id: mailId }
  await db.transaction().execute(async (tx) => {
    const locked = await findUserForUpdate(tx, user.id)
    if (!locked?.isActive || isTooOften(await countRecentMails(tx, key, template))) return
    const tokenId = await renewOrInsertToken(tx, {
      userId: user.id,
      newId: randomUUID(),
      purpose,
      email: foldEmail(user.email),
      browserHash,
      ip,
      userAgent,
      lifetimeSeconds,
    })
    if (tokenId === undefined) return
    const params = { displayName: user.displayName, ip, userAgent }
    const written = { key, template, toEmail: user.email, tokenId, params, language, lifetimeSeconds }
    if (!(await insertMailAndJob(tx, written))) return
    await insertEvent(tx, { kind: event, userId: user.id, client: { ip, userAgent } })
  })
}

/** Mails of a template to one mailbox: one a minute, ten a day. */
export function isTooOften({ lastMinute, lastDay }: RecentMails): boolean {
  return lastMinute >= 1 || lastDay >= 10
}
