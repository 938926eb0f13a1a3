import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { MailKey } from './jobs.ts'

/** What became of a mail so far. */
export type MailState = 'waiting' | 'sent' | 'given_up'

/** A mail as an operator sees it: without its params and without a link. */
export interface MailForOperator {
  key: MailKey
  template: string
  toEmail: string
  state: MailState
  attempts: number
  lastError: string | null
  createdAt: Date
  /** After that it is of no more use. */
  endsAt: Date
  sentAt: Date | null
  givenUpAt: Date | null
  /** What the SMTP server called it. */
  smtpId: string | null
}

interface MailRow extends Omit<MailForOperator, 'key'> {
  id: string
  userId: number | null
  email: string | null
}

const stateOf = sql<MailState>`
  case when sent_at is not null then 'sent' when given_up_at is not null then 'given_up' else 'waiting' end`

const allMails = sql`(
  select user_id, null as email, id, template, to_email, created_at, ends_at, attempts, last_error, sent_at, given_up_at, smtp_id
  from outgoing_mails
  union all
  select null, email, id, template, to_email, created_at, ends_at, attempts, last_error, sent_at, given_up_at, smtp_id
  from mailbox_mails
) as mails`

async function selectMails(
  db: Kysely<Database>,
  { where, limit }: { where: RawBuilder<boolean>; limit: number },
): Promise<MailForOperator[]> {
  const { rows } = await sql<MailRow>`
    select id, user_id as "userId", email, template, to_email as "toEmail", ${stateOf} as state, attempts,
      last_error as "lastError", created_at as "createdAt", ends_at as "endsAt", sent_at as "sentAt",
      given_up_at as "givenUpAt", smtp_id as "smtpId"
    from ${allMails} where ${where} order by created_at desc, id limit ${limit}`.execute(db)
  return rows.map(({ id, userId, email, ...mail }) => ({
    ...mail,
    key: userId === null ? { id, email: email ?? '' } : { id, userId },
  }))
}

/** Lists the newest mails of the outbox, of one state if it is given. */
export async function listMailsForOperator(
  db: Kysely<Database>,
  { state, limit }: { state?: MailState | undefined; limit: number },
): Promise<MailForOperator[]> {
  return selectMails(db, { where: state === undefined ? sql`true` : sql`${stateOf} = ${state}`, limit })
}

/** Finds a mail of the outbox by its id. */
export async function findMailForOperator(
  db: Kysely<Database>,
  id: string,
): Promise<MailForOperator | undefined> {
  const [mail] = await selectMails(db, { where: sql`id = ${id}::uuid`, limit: 1 })
  return mail
}

/** The mails that wait to be sent and are not over. */
export interface WaitingMails {
  count: number
  /** How long the oldest one waits; 0 without one. */
  oldestSeconds: number
}

/** Counts the mails that wait, by the index of those. */
export async function findWaitingMails(db: Kysely<Database>): Promise<WaitingMails> {
  const { rows } = await sql<WaitingMails>`
    select count(*)::int as count,
      coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestSeconds"
    from ${allMails} where sent_at is null and given_up_at is null and ends_at > now()`.execute(db)
  return rows[0] ?? { count: 0, oldestSeconds: 0 }
}

const tables = { outgoing_mails: 'user_id', mailbox_mails: 'email' }

/** Gives up the mails that wait and whose time is over. Returns how many. */
export async function updateOverMails(db: Kysely<Database>): Promise<number> {
  let given = 0
  for (const table of Object.keys(tables)) {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.table(table)} set given_up_at = now(), last_error = coalesce(last_error, 'its time was over')
      where sent_at is null and given_up_at is null and ends_at <= now()`.execute(db)
    given += Number(numAffectedRows)
  }
  return given
}

/**
 * Deletes up to `limit` mails that were written before `olderThanDays` and are sent, given up or
 * over. Returns how many.
 */
export async function deleteOldMails(
  db: Kysely<Database>,
  { olderThanDays, limit }: { olderThanDays: number; limit: number },
): Promise<number> {
  let deleted = 0
  for (const [table, owner] of Object.entries(tables)) {
    const key = sql`${sql.ref(owner)}, id`
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where (${key}) in (
        select ${key} from ${sql.table(table)}
        where created_at < now() - make_interval(days => ${olderThanDays})
          and (sent_at is not null or given_up_at is not null or ends_at <= now())
        limit ${sql.lit(limit)})`.execute(db)
    deleted += Number(numAffectedRows)
  }
  return deleted
}
