import { type Kysely, sql, type Transaction } from 'kysely'
import type { ClientInfo } from './auth-events.ts'
import type { Database } from './database.ts'

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

/** The columns of a `Registration`. */
export const registrationColumns = sql<Registration>`
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

/**
 * Finds a registration by its id, a consumed or expired one too. A link does not name the email:
 * then Citus asks every shard.
 */
export async function findRegistration(
  db: Kysely<Database>,
  { id, email }: { id: string; email?: string },
): Promise<Registration | undefined> {
  const { rows } = await sql<Registration>`
    select ${registrationColumns} from registrations
    where id = ${id} ${email === undefined ? sql`` : sql`and email = ${email}`}`.execute(db)
  return rows[0]
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
