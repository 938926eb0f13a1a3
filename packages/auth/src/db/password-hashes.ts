import { type Kysely, sql, type Transaction } from 'kysely'
import { isUnended } from './live.ts'
import type { Database } from './database.ts'
import { undeliveredSince } from './deliveries.ts'

/** What a change of password must know of who asks for it. */
export interface PasswordOfCaller {
  passwordHash: string
  isActive: boolean
  hasLiveSession: boolean
  generation: number | null
  undeliveredSince: Date | null
  sessionsEndedAt: Date | null
}

/**
 * Finds a user's password hash and, when `sessionId` is given, tells whether that session is theirs
 * and live.
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
        .on('s.id', '=', sessionId ?? null)
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
 * Replaces the hash that a password was checked against. `undefined` when it is no longer the
 * user's.
 */
export async function updateCheckedPasswordHash(
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
