import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import {
  isEmailVerified,
  isLive,
  isUnended,
  type LiveSession,
  noSession,
  now,
  seconds,
  sessionColumns,
  undeliveredSince,
} from './sessions.ts'

/** What a change of password needs to know of its caller. */
export interface PasswordOfCaller {
  passwordHash: string
  isActive: boolean
  hasLiveSession: boolean
  generation: number | null
  undeliveredSince: Date | null
  sessionsEndedAt: Date | null
}

/**
 * Finds a user's password hash and, if `sessionId` is given, whether that session is theirs and
 * live.
 */
export async function findPasswordOfCaller(
  db: Kysely<Database>,
  {
    userId,
    sessionId,
    leewaySeconds,
  }: { userId: number; sessionId: string | undefined; leewaySeconds: number },
): Promise<PasswordOfCaller | undefined> {
  return db
    .selectFrom('users as u')
    .leftJoin('sessions as s', (join) =>
      join
        .on('s.id', '=', sessionId ?? noSession)
        .onRef('s.user_id', '=', 'u.id')
        .on(isUnended(leewaySeconds)),
    )
    .select(['u.password_hash as passwordHash', 'u.is_active as isActive'])
    .select('u.sessions_ended_at as sessionsEndedAt')
    .select([sql<boolean>`s.id is not null`.as('hasLiveSession'), 's.generation', undeliveredSince])
    .where('u.id', '=', userId)
    .executeTakeFirst()
}

/**
 * Replaces the hash that a password was checked against. Returns `undefined` if the user has
 * another hash by now.
 */
export async function updateCheckedUserPasswordHash(
  tx: Transaction<Database>,
  { userId, checkedHash, passwordHash }: { userId: number; checkedHash: string; passwordHash: string },
): Promise<{ id: number } | undefined> {
  return tx
    .updateTable('users')
    .set({ password_hash: passwordHash, password_changed_at: sql`now()`, sessions_ended_at: sql`now()` })
    .where('id', '=', userId)
    .where('password_hash', '=', checkedHash)
    .returning('id')
    .executeTakeFirst()
}

/** Replaces a user's password hash. */
export async function updateUserPasswordHash(
  tx: Transaction<Database>,
  { userId, passwordHash }: { userId: number; passwordHash: string },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: passwordHash, password_changed_at: sql`now()`, sessions_ended_at: sql`now()` })
    .where('id', '=', userId)
    .execute()
}

/** A password that was changed. */
export interface PasswordChange {
  /** The session that the change started. */
  sessionId: string
  userId: number
  /** The session that asked, or else the token. */
  askedBy: string
  /** A PHC string of both passwords. */
  pairHash: string
}

/** Notes on a session which change of password started it. */
export async function updateSessionPasswordChange(
  tx: Transaction<Database>,
  { sessionId, userId, askedBy, pairHash }: PasswordChange,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ password_change_by: askedBy, password_change_hash: pairHash })
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .execute()
}

/**
 * Finds the live session that this caller's change of password started at most `withinSeconds` ago.
 */
export async function findSessionOfPasswordChange(
  db: Kysely<Database>,
  { userId, askedBy, withinSeconds }: { userId: number; askedBy: string; withinSeconds: number },
): Promise<(LiveSession & { pairHash: string | null }) | undefined> {
  return db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) => join.onRef('u.id', '=', 's.user_id').on('u.is_active', 'is', true))
    .select(sessionColumns)
    .select(['u.email', isEmailVerified, now, 's.password_change_hash as pairHash'])
    .where(isLive)
    .where('s.user_id', '=', userId)
    .where('s.password_change_by', '=', askedBy)
    .where('s.created_at', '>', sql<Date>`now() - ${seconds(withinSeconds)}`)
    .orderBy('s.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A kind of stored hash, its algorithm and parameters, and how many accounts have one. */
export interface HashKind {
  kind: string
  accounts: number
}

/** Lists the kinds of stored hashes. It reads every account: for a tool, and not for a request. */
export async function listHashKinds(db: Kysely<Database>): Promise<HashKind[]> {
  return db
    .selectFrom('users')
    .select([kindOfHash.as('kind'), sql<number>`count(*)`.as('accounts')])
    .where(sql<boolean>`password_hash ~ '^(pbkdf2|\\$?argon2|bcrypt|scrypt|md5)'`)
    .groupBy(kindOfHash)
    .execute()
}

/** As `kindOf` has it: without the salt and the digest. */
const kindOfHash = sql<string>`case
  when password_hash ~ '^scrypt' then regexp_replace(password_hash, '^(scrypt\\$[^$]*\\$)[^$]*(.*)\\$[^$]*$', '\\1\\2')
  when password_hash ~ '^bcrypt' then regexp_replace(password_hash, '\\$[^$]*$', '')
  else regexp_replace(password_hash, '\\$[^$]*\\$[^$]*$', '')
end`
