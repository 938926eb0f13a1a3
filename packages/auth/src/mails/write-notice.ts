import type { NoticeJob } from '../db/jobs.ts'
import { insertMailAndJob } from '../db/mails.ts'
import { findRecipient } from '../db/users.ts'
import type { Mailer } from './mailer.ts'

/** How long a notice is worth sending, in seconds: a week. */
const noticeLifetimeSeconds = 7 * 86_400

/** Writes a notice into the outbox, once for each `mailId`. A deleted user gets none. */
export async function writeNotice({ db }: Pick<Mailer, 'db'>, job: NoticeJob): Promise<void> {
  const { mailId: id, userId, notice: template, ip, userAgent } = job
  const recipient = await findRecipient(db, userId)
  if (recipient === undefined) return
  const { email: toEmail, displayName } = recipient
  await db.transaction().execute(async (tx) =>
    insertMailAndJob(tx, {
      key: { userId, id },
      template,
      toEmail,
      tokenId: undefined,
      params: { displayName, ip, userAgent },
      lifetimeSeconds: noticeLifetimeSeconds,
    }),
  )
}
