import { type Kysely, sql, type Transaction } from 'kysely'
import { isLive } from './live.ts'
import type { Database } from './database.ts'
import { undeliveredSince } from './deliveries.ts'

/** Finds a user and locks the row until the transaction ends: logins and changes of this user wait. */
export async function findUserForUpdate(
  tx: Transaction<Database>,
  userId: number,
): Promise<{ isActive: boolean; sessionsEndedAt: Date | null } | undefined> {
  return tx
    .selectFrom('users')
    .select(['is_active as isActive', 'sessions_ended_at as sessionsEndedAt'])
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Finds a live session of this user and locks its row until the transaction ends. */
export async function findLiveSessionForUpdate(
  tx: Transaction<Database>,
  { sessionId, userId }: { sessionId: string; userId: number },
): Promise<{ generation: number; undeliveredSince: Date | null } | undefined> {
  return tx
    .selectFrom('sessions as s')
    .select(['s.generation', undeliveredSince])
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where(isLive)
    .forUpdate()
    .executeTakeFirst()
}

/** Notes that the sessions of a user are ended: what the Django service minted before counts no more. */
export async function updateSessionsEnded(tx: Transaction<Database>, userId: number): Promise<void> {
  await tx.updateTable('users').set({ sessions_ended_at: sql`now()` }).where('id', '=', userId).execute()
}

/** A user and one of their live sessions; `id` is null for a user who has none. */
export interface UserWithSession {
  isActive: boolean
  sessionsEndedAt: Date | null
  id: string | null
  userAgent: string | null
  ip: string | null
  createdAt: Date | null
  lastUsedAt: Date | null
  reusedAt: Date | null
  isCurrent: boolean
  generation: number | null
  undeliveredSince: Date | null
}

/** Lists a user's live sessions, the one used last first, and says of each whether it is `sessionId`. */
export async function listSessionsOfUser(
  db: Kysely<Database>,
  { userId, sessionId }: { userId: number; sessionId: string | undefined },
): Promise<UserWithSession[]> {
  return db
    .selectFrom('users as u')
    .leftJoin('sessions as s', (join) => join.onRef('s.user_id', '=', 'u.id').on(isLive))
    .select([
      'u.is_active as isActive',
      'u.sessions_ended_at as sessionsEndedAt',
      's.id',
      's.user_agent as userAgent',
      's.ip',
    ])
    .select(['s.generation', undeliveredSince])
    .select(['s.created_at as createdAt', 's.last_used_at as lastUsedAt', 's.reused_at as reusedAt'])
    .select(sql<boolean>`coalesce(s.id = ${sessionId ?? null}::uuid, false)`.as('isCurrent'))
    .where('u.id', '=', userId)
    .orderBy('s.last_used_at', 'desc')
    .orderBy('s.created_at', 'desc')
    .orderBy('s.id')
    .execute()
}
