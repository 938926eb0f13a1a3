import { randomUUID } from 'node:crypto'
import type { Language } from '@pockitflyer/languages'
import type { Caller } from '../caller.ts'
import { addJob, type MailKey } from '../db/jobs.ts'
import {
  deleteOldMails,
  findMailForOperator,
  findWaitingMails,
  listMailsForOperator,
  type MailForOperator,
  type MailState,
  updateOverMails,
  type WaitingMails,
} from '../db/mail-lists.ts'
import { insertMailAndJob } from '../db/mails.ts'
import { deleteOldEmailChanges } from '../db/email-changes.ts'
import { deleteOldTokens } from '../db/one-time-tokens.ts'
import { deleteEndedRateLimits } from '../db/rate-limits.ts'
import { deleteExpiredRegistrations } from '../db/registrations.ts'
import { foldEmail } from '../emails/fold-email.ts'
import type { Admin } from './admin.ts'
import { inBatches, pruneBatchSize } from './prune-batch-size.ts'

type Db = Pick<Admin, 'db'>

/**
 * Lists the newest mails of the outbox, of one state if it is given.
 * @example
 * const waiting = await listMails(admin, operator, { state: 'waiting', limit: 100 })
 */
export async function listMails(
  { db }: Db,
  _caller: Caller,
  filter: { state?: MailState | undefined; limit: number },
): Promise<MailForOperator[]> {
  return listMailsForOperator(db, filter)
}

/**
 * Finds a mail of the outbox by its id, a UUID.
 * @example
 * const mail = await findMail(admin, operator, { id: '3b241101-e2bb-4255-8caf-4136c566a962' })
 */
export async function findMail(
  { db }: Db,
  _caller: Caller,
  { id }: { id: string },
): Promise<MailForOperator | undefined> {
  return findMailForOperator(db, id)
}

/**
 * Tells how many mails wait to be sent, and for how long.
 * @example
 * const { oldestSeconds } = await inspectWaitingMails(admin)
 */
export async function inspectWaitingMails({ db }: Db): Promise<WaitingMails> {
  return findWaitingMails(db)
}

/**
 * Adds another job for a mail that waits: the worker tries it at once, and again if it fails.
 * @example
 * await retryMail(admin, operator, mail.key)
 */
export async function retryMail({ db }: Db, _caller: Caller, key: MailKey): Promise<void> {
  await addJob(db, { task: 'send_mail', payload: key })
}

const testLifetimeSeconds = 3600

/**
 * Writes a test mail into the outbox, in the worker's usual language unless another is given.
 * Returns its id.
 * @example
 * const id = await addTestMail(admin, operator, { email: 'ada@example.com' })
 */
export async function addTestMail(
  { db }: Db,
  _caller: Caller,
  { email, language }: { email: string; language?: Language | undefined },
): Promise<string> {
  const key = { email: foldEmail(email), id: randomUUID() }
  await db.transaction().execute(async (tx) =>
    insertMailAndJob(tx, {
      key,
      template: 'test',
      toEmail: email,
      tokenId: undefined,
      params: {},
      language,
      lifetimeSeconds: testLifetimeSeconds,
    }),
  )
  return key.id
}

/**
 * Gives up the mails whose time is over, and deletes those that were settled and are older than
 * `olderThanDays`, in batches. Returns how many it deleted. Safe beside live traffic.
 * @example
 * const deleted = await pruneMails(admin, operator, { olderThanDays: 90 })
 */
export async function pruneMails(
  { db }: Db,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  await updateOverMails(db)
  return inBatches(() => deleteOldMails(db, { olderThanDays, limit: pruneBatchSize }))
}

/**
 * Deletes the one-time tokens and the changes of email that ended more than `olderThanDays` ago, in
 * batches, and releases former emails that are kept no more. Returns how many.
 * @example
 * const deleted = await pruneTokens(admin, operator, { olderThanDays: 30 })
 */
export async function pruneTokens(
  { db }: Db,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  const limit = pruneBatchSize
  const tokens = await inBatches(() => deleteOldTokens(db, { olderThanDays, limit }))
  return tokens + (await inBatches(() => deleteOldEmailChanges(db, { olderThanDays, limit })))
}

/**
 * Deletes the registrations that were not confirmed within a day, in batches. Returns how many.
 * @example
 * const deleted = await pruneRegistrations(admin, operator)
 */
export async function pruneRegistrations({ db }: Db, _caller: Caller): Promise<number> {
  return inBatches(() => deleteExpiredRegistrations(db, pruneBatchSize))
}

/**
 * Deletes the counts of rate limits that are over. Returns how many.
 * @example
 * const deleted = await pruneRateLimits(admin, operator)
 */
export async function pruneRateLimits({ db }: Db, _caller: Caller): Promise<number> {
  return deleteEndedRateLimits(db)
}
