import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { isLive } from './live.ts'
import { type LiveSession, now, seconds, sessionColumns } from './sessions.ts'

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
export async function updatePasswordChange(
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
 * Finds the live session that this caller's change of password started no longer than so many
 * seconds ago.
 */
export async function findSessionOfPasswordChange(
  db: Kysely<Database>,
  { userId, askedBy, withinSeconds }: { userId: number; askedBy: string; withinSeconds: number },
): Promise<(LiveSession & { pairHash: string | null }) | undefined> {
  return db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) => join.onRef('u.id', '=', 's.user_id').on('u.is_active', 'is', true))
    .select(sessionColumns)
    .select(['u.email', now, 's.password_change_hash as pairHash'])
    .where(isLive)
    .where('s.user_id', '=', userId)
    .where('s.password_change_by', '=', askedBy)
    .where('s.created_at', '>', sql<Date>`now() - ${seconds(withinSeconds)}`)
    .orderBy('s.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}
