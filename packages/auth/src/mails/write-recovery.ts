import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { insertMailAndJob } from '../db/mails.ts'
import { renewOrInsertToken } from '../db/one-time-tokens.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { defineMailJob, mailCause } from './mail-job.ts'
import type { Mailer } from './mailer.ts'

const recoveryJob = mailCause.extend({ userId: z.int().positive() })

/** Writes the mail that leads from an undo to another password. */
export const recoveryMail = defineMailJob('mail_recovery', recoveryJob, writeRecovery)

/**
 * Writes the mail that leads from an undo to another password. No count of mails stands in its way:
 * the undo voided every token that an attacker may have asked for.
 */
async function writeRecovery(
  { db, lifetimes: { passwordResetSeconds: lifetimeSeconds } }: Mailer,
  { mailId: id, userId, ip, userAgent, language }: z.infer<typeof recoveryJob>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    const recipient = await findRecipient(tx, userId)
    if (recipient === undefined) return
    const { email: toEmail, displayName } = recipient
    const tokenId = await renewOrInsertToken(tx, {
      userId,
      newId: randomUUID(),
      purpose: 'reset_password',
      email: foldEmail(toEmail),
      browserHash: null,
      ip,
      userAgent,
      lifetimeSeconds,
    })
    const params = { displayName, ip, userAgent }
    const template = 'account_recovered'
    const key = { userId, id }
    await insertMailAndJob(tx, { key, template, toEmail, tokenId, params, language, lifetimeSeconds })
  })
}
