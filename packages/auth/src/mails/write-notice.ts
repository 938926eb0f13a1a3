import { z } from 'zod'
import { insertMailAndJob } from '../db/mails.ts'
import { findRecipient } from '../db/users.ts'
import { defineMailJob, mailCause } from './mail-job.ts'
import type { Mailer } from './mailer.ts'

/** The mails that a user gets without having asked. Each is a template. */
export const notices = [
  'password_changed',
  'password_was_reset',
  'password_set_by_operator',
  'sessions_revoked_by_operator',
  'session_reused',
  'email_change_requested',
  'email_changed',
  'email_is_new',
  'email_change_undone',
  'email_set_by_operator',
  'new_device',
  'new_device_mails_off',
] as const

export type Notice = (typeof notices)[number]

const noticeJob = mailCause.extend({
  userId: z.int().positive(),
  notice: z.enum(notices),
  /** Default: the user's email when the job is done. */
  toEmail: z.string().optional(),
  /** The token that undoes what the mail tells of. */
  undoId: z.uuid().optional(),
})

/** Writes a notice to a user, and names the client that did what it tells of. */
export const noticeMail = defineMailJob('mail_notice', noticeJob, writeNotice)

/** How long a notice is worth sending, in seconds: a week. */
export const noticeLifetimeSeconds = 7 * 86_400

/** Writes a notice into the outbox, once for each `mailId`. A deleted user gets none. */
async function writeNotice({ db }: Pick<Mailer, 'db'>, job: z.infer<typeof noticeJob>): Promise<void> {
  const { mailId: id, userId, notice: template, undoId: tokenId, ip, userAgent, language } = job
  const recipient = await findRecipient(db, userId)
  if (recipient === undefined) return
  const { email, displayName } = recipient
  await db.transaction().execute(async (tx) =>
    insertMailAndJob(tx, {
      key: { userId, id },
      template,
      toEmail: job.toEmail ?? email,
      tokenId,
      params: { displayName, ip, userAgent },
      language,
      lifetimeSeconds: noticeLifetimeSeconds,
    }),
  )
}
