import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { type EmailChange, findOpenEmailChange } from '../db/email-changes.ts'
import { countRecentMails, insertMailAndJob, lockMailbox } from '../db/mails.ts'
import { renewOrInsertToken } from '../db/one-time-tokens.ts'
import { insertOrMoveUndoToken } from '../db/undo-tokens.ts'
import { isEmailOfAnother } from '../db/user-emails.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { defineMailJob, mailCause } from './mail-job.ts'
import type { Mailer } from './mailer.ts'
import { noticeLifetimeSeconds } from './write-notice.ts'

/** How long the link of a change works, in seconds: a day. */
export const emailChangeLifetimeSeconds = 86_400

const emailChangeJob = mailCause.extend({
  userId: z.int().positive(),
  changeId: z.uuid(),
  browserHash: z.string().nullable(),
  /** The id of the mail that asks the old mailbox; a server of the version before names none. */
  consentMailId: z.uuid().optional(),
  /** Too many accounts asked for the new email: it gets no mail. */
  isMailboxFull: z.boolean().default(false),
})

type EmailChangeJob = z.infer<typeof emailChangeJob>

/** Writes the mails of an open change of email. `mailId` is that of the mail to the new email. */
export const emailChangeMails = defineMailJob('mail_email_change', emailChangeJob, writeEmailChange)

/**
 * Writes the mails of an open change of email: to the new email the link and the code, or, if
 * another account has it, a mail that says so; to the old one a notice whose link stops the change.
 * The notice goes in either case, once: it does not tell whether the new email is taken. Where both
 * mailboxes must agree, a mail that asks the old one goes in its place, with every request. A
 * mailbox that has agreed gets no further mail.
 */
async function writeEmailChange({ db }: Mailer, job: EmailChangeJob): Promise<void> {
  const { userId } = job
  await db.transaction().execute(async (tx) => {
    const user = await findUserForUpdate(tx, userId)
    const change = await findOpenEmailChange(tx, { userId, id: job.changeId })
    if (!user?.isActive || change === undefined) return
    const isTaken = await isEmailOfAnother(tx, { userId, key: change.newKey })
    if (isTaken) await writeTaken(tx, job, change)
    else if (!job.isMailboxFull && !change.newHasConfirmed) await writeLink(tx, job, change)
    if (!change.needsConsents) await writeWarning(tx, job, change)
    else if (!change.oldHasConfirmed) await writeConsent(tx, job, change)
  })
}

async function writeLink(tx: Transaction<Database>, job: EmailChangeJob, change: EmailChange): Promise<void> {
  const { userId, mailId, browserHash, ip, userAgent, language } = job
  const key = { userId, id: mailId }
  const template = 'email_change'
  if ((await countRecentMails(tx, key, template)).lastDay >= 10) return
  const tokenId = await renewOrInsertToken(tx, {
    userId,
    newId: change.id,
    purpose: 'confirm_change',
    email: change.newKey,
    browserHash,
    ip,
    userAgent,
    lifetimeSeconds: emailChangeLifetimeSeconds,
  })
  if (tokenId === undefined) return
  const params = { ip, userAgent }
  const lifetimeSeconds = emailChangeLifetimeSeconds
  await insertMailAndJob(tx, {
    key,
    template,
    toEmail: change.newEmail,
    tokenId,
    params,
    language,
    lifetimeSeconds,
  })
}

/** Tells the owner of an email that another account asked for it: once a day. */
async function writeTaken(tx: Transaction<Database>, job: EmailChangeJob, change: EmailChange) {
  const { mailId: id, ip, userAgent, language } = job
  const key = { email: change.newKey, id }
  const template = 'email_change_taken'
  await lockMailbox(tx, key.email)
  if ((await countRecentMails(tx, key, template)).lastDay > 0) return
  const params = { ip, userAgent }
  const lifetimeSeconds = emailChangeLifetimeSeconds
  await insertMailAndJob(tx, {
    key,
    template,
    toEmail: change.newEmail,
    tokenId: undefined,
    params,
    language,
    lifetimeSeconds,
  })
}

/** The id of the token is that of the mail: a request that is repeated writes no second notice. */
async function writeWarning(tx: Transaction<Database>, job: EmailChangeJob, change: EmailChange) {
  const { userId, ip, userAgent, language } = job
  const { undoId, oldEmail } = change
  const { displayName = '' } = (await findRecipient(tx, userId)) ?? {}
  const isNew = await insertMailAndJob(tx, {
    key: { userId, id: undoId },
    template: 'email_change_requested',
    toEmail: oldEmail,
    tokenId: undoId,
    params: { displayName, ip, userAgent },
    language,
    lifetimeSeconds: noticeLifetimeSeconds,
  })
  if (!isNew) return
  const client = { ip, userAgent }
  await insertOrMoveUndoToken(tx, { userId, id: undoId, before: { email: oldEmail }, client })
}

/** Most mails a day that ask one user's old mailbox. */
const consentMailsMax = 10

/** Asks the old mailbox. Its link agrees with the code or, in the browser that asked, alone. */
async function writeConsent(tx: Transaction<Database>, job: EmailChangeJob, change: EmailChange) {
  const { userId, ip, userAgent, browserHash, language } = job
  const { undoId, oldEmail } = change
  const key = { userId, id: job.consentMailId ?? undoId }
  const template = 'email_change_consent'
  if ((await countRecentMails(tx, key, template)).lastDay >= consentMailsMax) return
  const { displayName = '' } = (await findRecipient(tx, userId)) ?? {}
  const isNew = await insertMailAndJob(tx, {
    key,
    template,
    toEmail: oldEmail,
    tokenId: undoId,
    params: { displayName, ip, userAgent, openUntil: change.expiresAt.toISOString() },
    language,
    lifetimeSeconds: noticeLifetimeSeconds,
  })
  if (!isNew) return
  const client = { ip, userAgent }
  await insertOrMoveUndoToken(tx, { userId, id: undoId, before: { email: oldEmail }, client, browserHash })
}
