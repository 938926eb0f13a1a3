import { countRecentMails, insertMailAndJob, lockMailbox } from '../db/mails.ts'
import { findUserByEmail } from '../db/by-engine.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { defineMailJob, type MailRequest, mailRequest } from './mail-job.ts'
import type { Mailer } from './mailer.ts'
import { writeLinkToUser } from './write-link.ts'

/** Answers a request for a password reset with a mail. */
export const passwordResetMail = defineMailJob('mail_password_reset', mailRequest, writePasswordReset)

/**
 * Answers a request for a password reset with a mail: to a user the link and the code, to an email
 * without an account, at most once a day, that it has none. An inactive user gets none. The service
 * has answered already: neither the answer nor its time tells who has an account.
 */
async function writePasswordReset(mailer: Mailer, job: MailRequest): Promise<void> {
  const user = await findUserByEmail(mailer.db, job.email)
  if (user === undefined) return writeNoAccount(mailer, job)
  if (!user.isActive) return
  await writeLinkToUser(mailer.db, {
    job,
    user,
    template: 'password_reset',
    purpose: 'reset_password',
    lifetimeSeconds: mailer.lifetimes.passwordResetSeconds,
    event: 'password_reset_requested',
  })
}

const noAccountLifetimeSeconds = 86_400

async function writeNoAccount(mailer: Mailer, { email, mailId, ip, userAgent, language }: MailRequest) {
  if (!mailer.mailsUnknown) return
  const key = { email: foldEmail(email), id: mailId }
  const template = 'no_account'
  await mailer.db.transaction().execute(async (tx) => {
    await lockMailbox(tx, key.email)
    if ((await countRecentMails(tx, key, template)).lastDay > 0) return
    const params = { ip, userAgent }
    const lifetimeSeconds = noAccountLifetimeSeconds
    const mail = { key, template, toEmail: email, tokenId: undefined, params, language, lifetimeSeconds }
    await insertMailAndJob(tx, mail)
  })
}
