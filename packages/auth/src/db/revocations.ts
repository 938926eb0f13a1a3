import { type Kysely, sql } from 'kysely'
import type { Database, RevocationReason } from './database.ts'

/** Ends one session of this user and returns its id; `undefined` when it was over already or is not theirs. */
export async function revokeSession(
  db: Kysely<Database>,
  { sessionId, userId, because }: { sessionId: string; userId: number; because: RevocationReason },
): Promise<{ id: string } | undefined> {
  return db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoked_because: because })
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
}

/** Tells whether a session was ended before its time. */
export async function isSessionRevoked(db: Kysely<Database>, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('revoked_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}
