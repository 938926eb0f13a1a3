import { z } from 'zod'
import { insertEvent } from '../db/auth-events.ts'
import { countRecentMails, insertMailAndJob, lockMailbox } from '../db/mails.ts'
import { deleteRegistration, registrationLifetimeSeconds } from '../db/registrations.ts'
import { findPendingRegistration, updateRegistrationMailed } from '../db/registration-codes.ts'
import { findKeptUntil } from '../db/user-emails.ts'
import { findUserByEmail } from '../db/by-engine.ts'
import { findUserForUpdate, type UserToAuthenticate } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { defineMailJob, mailRequest } from './mail-job.ts'
import type { Mailer } from './mailer.ts'
import { isTooOften, writeLinkToUser } from './write-link.ts'

const verificationJob = mailRequest.extend({
  /** The registration that asks for the mail; `null`: a person asks for another one. */
  registrationId: z.uuid().nullable(),
})

type VerificationJob = z.infer<typeof verificationJob>

/** Mails what proves that a person reads an email. */
export const emailVerificationMail = defineMailJob(
  'mail_email_verification',
  verificationJob,
  writeEmailVerification,
)

const template = 'verify_email'

/**
 * Mails a link and a code to who waits for them: to a registration or, without one, to a user who
 * has not verified the email. A registration comes first: the user may be another person, who added
 * an account with this email and cannot read it. Who has a verified account hears so, and who asks
 * for an email that another account gave up within the week. An inactive user gets no mail. The
 * service has answered already, alike in each case.
 */
async function writeEmailVerification({ db }: Mailer, job: VerificationJob): Promise<void> {
  const user = await findUserByEmail(db, job.email)
  if (user === undefined && (await writeKept({ db }, job))) return
  const mayRegister = user === undefined || (user.isActive && !user.isEmailVerified)
  if (!mayRegister) return writeAlreadyRegistered({ db }, job, user)
  if ((await writeRegistrationLink({ db }, job)) || user === undefined) return
  await writeLinkToUser(db, {
    job,
    user,
    template,
    purpose: 'verify_email',
    lifetimeSeconds: registrationLifetimeSeconds,
    event: 'email_verification_requested',
  })
}

type Db = Pick<Mailer, 'db'>

/** Returns whether a registration waits. A mail beyond the limits is dropped. */
async function writeRegistrationLink({ db }: Db, job: VerificationJob): Promise<boolean> {
  const { mailId, browserHash, ip, registrationId } = job
  const email = foldEmail(job.email)
  const key = { email, id: mailId }
  return db.transaction().execute(async (tx) => {
    await lockMailbox(tx, email)
    const found = await findPendingRegistration(tx, {
      id: registrationId ?? undefined,
      email,
      browserHash,
      ip,
    })
    if (found === undefined) return false
    if (isTooOften(await countRecentMails(tx, key, template))) return true
    if (!(await updateRegistrationMailed(tx, found))) return true
    await insertMailAndJob(tx, {
      key,
      template,
      toEmail: found.typedEmail,
      tokenId: found.id,
      params: { displayName: found.displayName ?? '', ip: found.ip, userAgent: found.userAgent },
      language: job.language,
      lifetimeSeconds: registrationLifetimeSeconds,
    })
    const client = { ip, userAgent: job.userAgent }
    await insertEvent(tx, { kind: 'email_verification_requested', userId: null, client })
    return true
  })
}

/**
 * Says when an email can be registered that an account gave up lately, once a day, and deletes the
 * registration: its proof could make no account. Returns false for any other email.
 */
async function writeKept(
  { db }: Db,
  { mailId, registrationId, ip, userAgent, ...job }: VerificationJob,
): Promise<boolean> {
  const email = foldEmail(job.email)
  const keptUntil = await findKeptUntil(db, email)
  if (keptUntil === undefined) return false
  const key = { email, id: mailId }
  await db.transaction().execute(async (tx) => {
    await lockMailbox(tx, email)
    if (registrationId !== null) await deleteRegistration(tx, { email, id: registrationId })
    if (registrationId === null || (await countRecentMails(tx, key, 'email_kept')).lastDay > 0) return
    await insertMailAndJob(tx, {
      key,
      template: 'email_kept',
      toEmail: job.email,
      tokenId: undefined,
      params: { keptUntil: keptUntil.toISOString(), ip, userAgent },
      language: job.language,
      lifetimeSeconds: alreadyRegisteredLifetimeSeconds,
    })
  })
  return true
}

const alreadyRegisteredLifetimeSeconds = 86_400

/** A registration of an email that has an account comes to nothing, and its reader hears why. */
async function writeAlreadyRegistered(
  { db }: Db,
  { mailId, registrationId, ip, userAgent, ...job }: VerificationJob,
  user: UserToAuthenticate,
): Promise<void> {
  if (registrationId === null) return
  const key = { userId: user.id, id: mailId }
  await db.transaction().execute(async (tx) => {
    const locked = await findUserForUpdate(tx, user.id)
    await deleteRegistration(tx, { email: foldEmail(job.email), id: registrationId })
    if (!locked?.isActive || isTooOften(await countRecentMails(tx, key, 'already_registered'))) return
    await insertMailAndJob(tx, {
      key,
      template: 'already_registered',
      toEmail: user.email,
      tokenId: undefined,
      params: { displayName: user.displayName, ip, userAgent },
      language: job.language,
      lifetimeSeconds: alreadyRegisteredLifetimeSeconds,
    })
  })
}
