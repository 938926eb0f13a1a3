import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { codeLifetimeSeconds } from './one-time-tokens.ts'
import { type Registration, registrationColumns } from './registrations.ts'

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
