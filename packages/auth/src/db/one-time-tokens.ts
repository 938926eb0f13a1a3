import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { StateBefore, TokenPurpose } from './mail-tables.ts'
import { toKeys, userIdOf } from './emails.ts'

/** A one-time token, with what of its user its secrets depend on. */
export interface OneTimeToken {
  userId: number
  id: string
  purpose: TokenPurpose
  /** The folded email that the mail went to. */
  email: string
  codeRound: number
  browserHash: string | null
  isConsumed: boolean
  isExpired: boolean
  expiresAt: Date
  /** What an undo restores. */
  before: StateBefore | null
  /** The email of the user now, as typed. */
  userEmail: string
  isActive: boolean
  /** As PostgreSQL writes it, to the microsecond. */
  passwordChangedAt: string
}

const tokenColumns = sql`
  t.user_id as "userId", t.id, t.purpose, t.email, t.code_round as "codeRound", t.browser_hash as "browserHash",
  t.consumed_at is not null as "isConsumed", t.expires_at as "expiresAt", t.before,
  u.email as "userEmail", u.is_active as "isActive"`

/** Citus takes neither this nor `now()` in RETURNING. */
const passwordTime = sql`extract(epoch from password_changed_at)::text as "passwordChangedAt"`

/** Finds a token, consumed or expired ones too. */
export async function findOneTimeToken(
  db: Kysely<Database>,
  { userId, id }: { userId: number; id: string },
): Promise<OneTimeToken | undefined> {
  const { rows } = await sql<OneTimeToken>`
    select ${tokenColumns}, ${passwordTime}, t.expires_at <= now() as "isExpired"
    from one_time_tokens t join users u on u.id = t.user_id
    where t.user_id = ${userId} and t.id = ${id}`.execute(db)
  return rows[0]
}

/**
 * Wrong codes that end a code: of the browser or address that asked for it, and of all others. The
 * code of an undo counts with its link alone and only keeps robots off, so that typing errors do
 * not end it.
 */
const codeAttemptsMax: Record<TokenPurpose, number> = {
  reset_password: 5,
  verify_email: 5,
  confirm_change: 5,
  undo: 100,
}

export interface CodeAttempt {
  /** Whose code it is: by the email that was typed, by its user, or by the token of a link. */
  of: { email: string } | { userId: number } | { userId: number; id: string }
  purpose: TokenPurpose
  browserHash: string | null
  ip: string | null
}

/**
 * Counts one try of a code, before it is compared, and returns the open token of the email. The
 * browser or address that asked for the mail has tries of its own, so that strangers cannot use
 * them up. Returns `undefined` for an unknown email, without an open token, and when the tries are
 * used up: one statement in any case. Of a verification a consumed token is returned too: it is
 * done.
 */
export async function updateCodeAttempts(
  db: Kysely<Database>,
  { of, purpose, browserHash, ip }: CodeAttempt,
): Promise<OneTimeToken | undefined> {
  const isAsker = sql`(t.browser_hash = ${browserHash} or t.ip = ${ip}::inet) is true`
  const { rows } = await sql<OneTimeToken>`
    with tried as (
      update one_time_tokens t set
        code_attempts = code_attempts + case when ${isAsker} then 1 else 0 end,
        other_attempts = other_attempts + case when ${isAsker} then 0 else 1 end
      from users u
      where u.id = ${'userId' in of ? of.userId : userIdOf(toKeys(of.email))}
        ${'id' in of ? sql`and t.id = ${of.id}` : sql``} and t.user_id = u.id and t.purpose = ${purpose}
        and (t.consumed_at is null or t.purpose = 'verify_email') and least(t.expires_at, t.code_expires_at) > now()
        and case when ${isAsker} then t.code_attempts else t.other_attempts end < ${codeAttemptsMax[purpose]}
      returning ${tokenColumns}, u.password_changed_at
    )
    select *, ${passwordTime}, "expiresAt" <= now() as "isExpired" from tried`.execute(db)
  return rows[0]
}

/**
 * Consumes a token. Returns false if it was consumed or expired: of concurrent uses, one wins.
 */
export async function updateTokenConsumed(
  tx: Transaction<Database>,
  { userId, id }: { userId: number; id: string },
): Promise<boolean> {
  const consumed = await tx
    .updateTable('one_time_tokens')
    .set({ consumed_at: sql`now()` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  return consumed !== undefined
}

/** A mail with a link and a code that is about to be written. */
export interface TokenRequest {
  userId: number
  purpose: TokenPurpose
  /** The folded email that the mail goes to. */
  email: string
  browserHash: string | null
  ip: string | null
  userAgent: string | null
  lifetimeSeconds: number
}

/** Most mails of one token. */
const mailsMax = 3

/** How long a code lives after its last mail, in seconds. */
export const codeLifetimeSeconds = 600

/**
 * Returns the id of the token of a request: that of the open one, whose link stays the same, so
 * that an earlier mail goes on working, or of a new one. Returns `undefined` when the open one was
 * mailed three times. A code whose tries are used up is replaced. The caller holds the lock of the
 * user's row.
 */
export async function renewOrInsertToken(
  tx: Transaction<Database>,
  request: TokenRequest & { newId: string },
): Promise<string | undefined> {
  const { userId, purpose, email, browserHash, ip, userAgent } = request
  const codeExpiresAt = sql<Date>`now() + make_interval(secs => ${codeLifetimeSeconds})`
  const open = await tx
    .selectFrom('one_time_tokens')
    .select(['id', 'mails', 'code_attempts', 'other_attempts'])
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('email', '=', email)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (open === undefined) {
    await tx
      .insertInto('one_time_tokens')
      .values({
        user_id: userId,
        id: request.newId,
        purpose,
        email,
        browser_hash: browserHash,
        ip,
        user_agent: userAgent,
        expires_at: sql`now() + make_interval(secs => ${request.lifetimeSeconds})`,
        code_expires_at: codeExpiresAt,
      })
      .execute()
    return request.newId
  }
  if (open.mails >= mailsMax) return undefined
  const isUsedUp = Math.max(open.code_attempts, open.other_attempts) >= codeAttemptsMax[purpose]
  await tx
    .updateTable('one_time_tokens')
    .set((eb) => ({
      mails: eb('mails', '+', 1),
      code_expires_at: codeExpiresAt,
      browser_hash: browserHash,
      ip,
      user_agent: userAgent,
      ...(isUsedUp && { code_round: eb('code_round', '+', 1), code_attempts: 0, other_attempts: 0 }),
    }))
    .where('user_id', '=', userId)
    .where('id', '=', open.id)
    .execute()
  return open.id
}

/** Deletes up to `limit` tokens that ended before `olderThanDays`. Returns how many. */
export async function deleteOldTokens(
  db: Kysely<Database>,
  { olderThanDays, limit }: { olderThanDays: number; limit: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from one_time_tokens where (user_id, id) in (
      select user_id, id from one_time_tokens
      where expires_at < now() - make_interval(days => ${olderThanDays}) limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}
