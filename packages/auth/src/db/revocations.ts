import { type Kysely, sql } from 'kysely'
import type { Database, RevocationReason } from './database.ts'

/**
 * Ends one session of this user and returns its id; `undefined` when it was over already or is not
 * theirs.
 */
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

/** A token as a blacklist of SimpleJWT's would have it. */
export interface ListedToken {
  /**
   * The session of a token of ours; without it, `jti` names the one that adopted a token of the
   * Django service.
   */
  sessionId: string | undefined
  jti: string
  /** The generation of a refresh token; undefined for an access token, which nothing replaces. */
  generation: number | undefined
}

/**
 * Tells whether the session of a token was ended before its time, or a refresh token was replaced.
 */
export async function isTokenBlacklisted(
  db: Kysely<Database>,
  { sessionId, jti, generation }: ListedToken,
): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? null))
    .$if(sessionId === undefined, (query) => query.where('adopted_jti', '=', jti))
    .where((eb) => eb.or([eb('revoked_at', 'is not', null), eb('generation', '>', generation ?? null)]))
    .executeTakeFirst()
  return row !== undefined
}
