import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { ClientInfo } from './auth-events.ts'
import type { Database } from './database.ts'
import { codeLifetimeSeconds } from './one-time-tokens.ts'

/** A registration that waits for proof that its email is read. */
export interface Registration {
  id: string
  /** Folded. */
  email: string
  /** As the person typed it. */
  typedEmail: string
  displayName: string | null
  codeRound: number
  browserHash: string | null
  isConsumed: boolean
  isExpired: boolean
  createdAt: Date
  expiresAt: Date
  ip: string | null
  userAgent: string | null
}

const registrationColumns = sql<Registration>`
  id, email, typed_email as "typedEmail", display_name as "displayName", code_round as "codeRound",
  browser_hash as "browserHash",  consumed_at is not null as "isConsumed", expires_at <= now() as "isExpired", created_at as "createdAt",
  expires_at as "expiresAt", host(ip) as ip, user_agent as "userAgent"`

/** A registration to insert. */
export interface NewRegistration {
  id: string
  email: string
  typedEmail: string
  passwordHash: string
  displayName: string | undefined
  browserHash: string | null
  client: ClientInfo
}

/** How long a registration waits for proof, in seconds: a day. */
export const registrationLifetimeSeconds = 86_400

/** Inserts a registration. It asks nothing else: the email may have an account. */
export async function insertRegistration(
  tx: Transaction<Database>,
  { client, ...added }: NewRegistration,
): Promise<void> {
  await tx
    .insertInto('registrations')
    .values({
      id: added.id,
      email: added.email,
      typed_email: added.typedEmail,
      password_hash: added.passwordHash,
      display_name: added.displayName ?? null,
      browser_hash: added.browserHash,
      ip: client.ip,
      user_agent: client.userAgent,
      expires_at: sql`now() + make_interval(secs => ${registrationLifetimeSeconds})`,
    })
    .execute()
}

/** Finds a registration by its id, a consumed or expired one too. */
export async function findRegistration(db: Kysely<Database>, id: string): Promise<Registration | undefined> {
  const { rows } = await sql<Registration>`
    select ${registrationColumns} from registrations where id = ${id}`.execute(db)
  return rows[0]
}

/** Wrong codes that end a code: of the browser or address that registered, and of all others. */
const codeAttemptsMax = 5

/** Most mails of one registration. */
const mailsMax = 3

interface Asker {
  /** Folded. */
  email: string
  browserHash: string | null
  ip: string | null
}

/** Whether the browser or address that asks is the one that registered. */
const isAsker = ({ browserHash, ip }: Asker): RawBuilder<boolean> =>
  sql`(browser_hash = ${browserHash} or ip = ${ip}::inet) is true`

/**
 * Counts one try of a code for each mailed registration of an email, before it is compared, and
 * returns them. One that came from a browser is left out for every other browser, so that no code
 * confirms what another person registered. Who registered has tries of their own, so that strangers
 * cannot use them up.
 */
export async function updateRegistrationCodeAttempts(
  db: Kysely<Database>,
  asker: Asker,
): Promise<Registration[]> {
  const { rows } = await sql<Registration>`
    with tried as (
      update registrations set
        code_attempts = code_attempts + case when ${isAsker(asker)} then 1 else 0 end,
        other_attempts = other_attempts + case when ${isAsker(asker)} then 0 else 1 end
      where email = ${asker.email} and least(expires_at, code_expires_at) > now() and mails > 0
        and (browser_hash is null or ${asker.browserHash}::text is null or browser_hash = ${asker.browserHash})
        and case when ${isAsker(asker)} then code_attempts else other_attempts end < ${codeAttemptsMax}
      returning *
    )
    select ${registrationColumns} from tried`.execute(db)
  return rows
}

/** A registration that waits, and how often it was mailed. */
export interface PendingRegistration extends Registration {
  mails: number
}

/**
 * Finds the registration of an email to mail: the one of this id or, without it, that of the
 * browser or the address that asks, else the newest.
 */
export async function findPendingRegistration(
  db: Kysely<Database>,
  { id, ...asker }: Asker & { id: string | undefined },
): Promise<PendingRegistration | undefined> {
  const { rows } = await sql<PendingRegistration>`
    select ${registrationColumns}, mails from registrations
    where email = ${asker.email} and consumed_at is null and expires_at > now()
      ${id === undefined ? sql`` : sql`and id = ${id}`}
    order by (browser_hash = ${asker.browserHash}) is true desc, ${isAsker(asker)} desc, created_at desc
    limit 1`.execute(db)
  return rows[0]
}

/**
 * Notes one more mail of a registration, whose link stays the same. A code whose tries are used up
 * is replaced. Returns false if it was mailed three times.
 */
export async function updateRegistrationMailed(
  tx: Transaction<Database>,
  { email, id }: Pick<Registration, 'email' | 'id'>,
): Promise<boolean> {
  const isUsedUp = sql`greatest(code_attempts, other_attempts) >= ${codeAttemptsMax}`
  const { numAffectedRows = 0n } = await sql`
    update registrations set mails = mails + 1,
      code_expires_at = now() + make_interval(secs => ${codeLifetimeSeconds}),
      code_round = code_round + case when ${isUsedUp} then 1 else 0 end,
      code_attempts = case when ${isUsedUp} then 0 else code_attempts end,
      other_attempts = case when ${isUsedUp} then 0 else other_attempts end
    where email = ${email} and id = ${id} and mails < ${mailsMax}`.execute(tx)
  return numAffectedRows > 0n
}

/** What a proven registration makes a user of. */
export interface ProvenRegistration {
  passwordHash: string
}

/**
 * Consumes a registration and deletes every other one of its email. Its password hash goes. Returns
 * `undefined` if it was consumed or has expired: of concurrent uses one wins.
 */
export async function consumeRegistration(
  tx: Transaction<Database>,
  { email, id }: Pick<Registration, 'email' | 'id'>,
): Promise<ProvenRegistration | undefined> {
  const { rows } = await sql<ProvenRegistration>`
    with proven as (
      select password_hash from registrations
      where email = ${email} and id = ${id} and consumed_at is null and expires_at > now() for update
    ), others as (
      delete from registrations where email = ${email} and id <> ${id} and exists (select from proven)
    )
    update registrations set consumed_at = now(), password_hash = '' from proven
    where email = ${email} and id = ${id} returning proven.password_hash as "passwordHash"`.execute(tx)
  return rows[0]
}

/** Deletes a registration that waits. Returns false if it was confirmed, or is gone. */
export async function deletePendingRegistration(
  tx: Transaction<Database>,
  { email, id }: Pick<Registration, 'email' | 'id'>,
): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('registrations')
    .where('email', '=', email)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

/** Deletes a registration: its email has an account. */
export async function deleteRegistration(
  tx: Transaction<Database>,
  { email, id }: Pick<Registration, 'email' | 'id'>,
): Promise<void> {
  await tx.deleteFrom('registrations').where('email', '=', email).where('id', '=', id).execute()
}

/** Deletes up to `limit` registrations that have expired. Returns how many. */
export async function deleteExpiredRegistrations(db: Kysely<Database>, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from registrations where (email, id) in (
      select email, id from registrations where expires_at <= now() limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}
