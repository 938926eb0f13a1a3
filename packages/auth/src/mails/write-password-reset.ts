import { randomUUID } from 'node:crypto'
import type { MailKey } from '../db/jobs.ts'
import { countRecentMails, insertMailAndJob, lockMailbox, type RecentMails } from '../db/mails.ts'
import { renewOrInsertToken } from '../db/one-time-tokens.ts'
import { insertEvent } from '../db/auth-events.ts'
import { findUserByEmail, findUserForUpdate, type UserToAuthenticate } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { defineMailJob, type MailRequest, mailRequest } from './mail-job.ts'
import type { Mailer } from './mailer.ts'

/** Answers a request for a password reset with a mail. */
export const passwordResetMail = defineMailJob('mail_password_reset', mailRequest, writePasswordReset)

/**
 * Answers a request for a password reset with a mail: to a user the link and the code, to an email
 * without an account, at most once a day, that it has none. An inactive user gets none. Requests
 * beyond one a minute, three a token and ten a day are dropped. The service has answered already:
 * neither the answer nor its time tells who has an account.
 */
async function writePasswordReset(mailer: Mailer, job: MailRequest): Promise<void> {
  const user = await findUserByEmail(mailer.db, job.email)
  if (user === undefined) return writeNoAccount(mailer, job)
  if (user.isActive) await writeLink(mailer, job, user)
}

async function writeLink(mailer: Mailer, job: MailRequest, user: UserToAuthenticate): Promise<void> {
  const { browserHash, ip, userAgent } = job
  const key: MailKey = { userId: user.id, id: job.mailId }
  const template = 'password_reset'
  await mailer.db.transaction().execute(async (tx) => {
    const locked = await findUserForUpdate(tx, user.id)
    if (!locked?.isActive || isTooOften(await countRecentMails(tx, key, template))) return
    const lifetimeSeconds = mailer.lifetimes.passwordResetSeconds
    const tokenId = await renewOrInsertToken(tx, {
      userId: user.id,
      newId: randomUUID(),
      purpose: 'reset_password',
      email: foldEmail(user.email),
      browserHash,
      ip,
      userAgent,
      lifetimeSeconds,
    })
    if (tokenId === undefined) return
    const params = { displayName: user.displayName, ip, userAgent }
    const mail = { key, template, toEmail: user.email, tokenId, params, lifetimeSeconds }
    if (!(await insertMailAndJob(tx, mail))) return
    await insertEvent(tx, { kind: 'password_reset_requested', userId: user.id, client: { ip, userAgent } })
  })
}

/** Mails of a template to one mailbox: one a minute, ten a day. */
function isTooOften({ lastMinute, lastDay }: RecentMails): boolean {
  return lastMinute >= 1 || lastDay >= 10
}

const noAccountLifetimeSeconds = 86_400

async function writeNoAccount(mailer: Mailer, { email, mailId, ip, userAgent }: MailRequest) {
  if (!mailer.mailsUnknown) return
  const key = { email: foldEmail(email), id: mailId }
  const template = 'no_account'
  await mailer.db.transaction().execute(async (tx) => {
    await lockMailbox(tx, key.email)
    if ((await countRecentMails(tx, key, template)).lastDay > 0) return
    const params = { ip, userAgent }
    const lifetimeSeconds = noAccountLifetimeSeconds
    const mail = { key, template, toEmail: email, tokenId: undefined, params, lifetimeSeconds }
    await insertMailAndJob(tx, mail)
  })
}
