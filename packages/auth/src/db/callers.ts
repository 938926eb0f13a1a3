import { sql, type Transaction } from 'kysely'
import { isUnended } from './live.ts'
import type { Database } from './database.ts'
import { undeliveredSince } from './deliveries.ts'

/**
 * Finds a user and locks the row until the transaction ends: logins and changes of this user wait.
 */
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

/**
 * Finds a session of this user that an access token may name and locks its row until the
 * transaction ends.
 */
export async function findLiveSessionForUpdate(
  tx: Transaction<Database>,
  { sessionId, userId, leewaySeconds }: { sessionId: string; userId: number; leewaySeconds: number },
): Promise<{ generation: number; undeliveredSince: Date | null } | undefined> {
  return tx
    .selectFrom('sessions as s')
    .select(['s.generation', undeliveredSince])
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where(isUnended(leewaySeconds))
    .forUpdate()
    .executeTakeFirst()
}

/**
 * Notes that the sessions of a user are ended: what the Django service minted before counts no
 * more.
 */
export async function revokeTokensIssuedBefore(tx: Transaction<Database>, userId: number): Promise<void> {
  await tx.updateTable('users').set({ sessions_ended_at: sql`now()` }).where('id', '=', userId).execute()
}
