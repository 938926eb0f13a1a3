import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { addJob, type MailKey } from './jobs.ts'

/** A mail to write into the outbox. */
export interface NewMail {
  key: MailKey
  template: string
  /** As the person typed it. */
  toEmail: string
  tokenId: string | undefined
  params: Record<string, unknown>
  /** The language of the request that causes it (BCP 47). The user's own comes first. */
  language: string | undefined
  /** After how many seconds it is of no more use. */
  lifetimeSeconds: number
}

const tableOf = (key: MailKey) => sql.table('userId' in key ? 'outgoing_mails' : 'mailbox_mails')
const ownerColumnOf = (key: MailKey) => sql.ref('userId' in key ? 'user_id' : 'email')
const ownerOf = (key: MailKey) => ('userId' in key ? key.userId : key.email)
const isMail = (key: MailKey): RawBuilder<boolean> =>
  sql`${ownerColumnOf(key)} = ${ownerOf(key)} and id = ${key.id}`

/**
 * Writes a mail into the outbox, with the job that sends it. Returns false if it is there already.
 */
export async function insertMailAndJob(tx: Transaction<Database>, mail: NewMail): Promise<boolean> {
  const isNew = await insertMail(tx, mail)
  if (isNew) await addJob(tx, { task: 'send_mail', payload: mail.key })
  return isNew
}

/** Citus takes a subquery in INSERT as the source of the row alone: the user's own language. */
async function insertMail(tx: Transaction<Database>, mail: NewMail): Promise<boolean> {
  const { key, template, toEmail, tokenId = null, params, language = null, lifetimeSeconds } = mail
  const values = sql`${key.id}::uuid, ${template}::text, ${toEmail}::text, ${tokenId}::uuid, ${JSON.stringify(params)}::jsonb,
    now() + make_interval(secs => ${lifetimeSeconds})`
  const row =
    'userId' in key
      ? sql`select users.id, ${values}, coalesce(users.locale, ${language}::text) from users where users.id = ${key.userId}`
      : sql`values (${key.email}, ${values}, ${language}::text)`
  const { numAffectedRows = 0n } = await sql`
    insert into ${tableOf(key)} (${ownerColumnOf(key)}, id, template, to_email, token_id, params, ends_at, locale)
    ${row} on conflict do nothing`.execute(tx)
  return numAffectedRows > 0n
}

/** Lets others who are about to mail this folded email wait until the transaction is over. */
export async function lockMailbox(tx: Transaction<Database>, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${email}`}, 0))`.execute(tx)
}

/** How many mails of a template a mailbox got. */
export interface RecentMails {
  lastMinute: number
  lastDay: number
}

/** Counts the mails of a template that were written for the owner of `key`. */
export async function countRecentMails(
  db: Kysely<Database>,
  key: MailKey,
  template: string,
): Promise<RecentMails> {
  const { rows } = await sql<RecentMails>`
    select count(*)::int as "lastDay",
      (count(*) filter (where created_at > now() - interval '1 minute'))::int as "lastMinute"
    from ${tableOf(key)}
    where ${ownerColumnOf(key)} = ${ownerOf(key)} and template = ${template}
      and created_at > now() - interval '1 day'`.execute(db)
  return rows[0] ?? { lastDay: 0, lastMinute: 0 }
}

/** A mail of the outbox. */
export interface Mail {
  template: string
  toEmail: string
  tokenId: string | null
  params: Record<string, unknown>
  /** Its language (BCP 47); null: the worker's usual one. */
  locale: string | null
  createdAt: Date
  attempts: number
  isOver: boolean
  /** It was sent or given up. */
  isSettled: boolean
}

/** Counts one more attempt to send a mail and returns it; `undefined` if there is none. */
export async function updateMailAttempts(db: Kysely<Database>, key: MailKey): Promise<Mail | undefined> {
  const { rows } = await sql<Mail>`
    with tried as (
      update ${tableOf(key)} set attempts = attempts + 1 where ${isMail(key)} returning *
    )
    select template, to_email as "toEmail", token_id as "tokenId", params, locale, created_at as "createdAt", attempts,
      ends_at <= now() as "isOver", coalesce(sent_at, given_up_at) is not null as "isSettled" from tried`.execute(
    db,
  )
  return rows[0]
}

/** Records that the SMTP server took a mail. */
export async function updateMailSent(db: Kysely<Database>, key: MailKey, smtpId: string): Promise<void> {
  await sql`
    update ${tableOf(key)} set sent_at = now(), smtp_id = ${smtpId}, last_error = null
    where ${isMail(key)}`.execute(db)
}

/** Records why a mail could not be sent; `isGivenUp`: and that it never will be. */
export async function updateMailFailed(
  db: Kysely<Database>,
  key: MailKey,
  { error, isGivenUp }: { error: string; isGivenUp: boolean },
): Promise<void> {
  await sql`
    update ${tableOf(key)} set last_error = ${error}
      ${isGivenUp ? sql`, given_up_at = now()` : sql``} where ${isMail(key)}`.execute(db)
}
