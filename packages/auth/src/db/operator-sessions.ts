import { type Kysely, sql } from 'kysely'
import { isLive } from './live.ts'
import type { Database } from './database.ts'

/** A live session as an operator sees it. */
export interface SessionRecord {
  id: string
  userId: number
  ip: string | null
  userAgent: string | null
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  /** When an old refresh token of it was presented last. */
  reusedAt: Date | null
}

/** Lists a user's live sessions, the one used last first. */
export async function listSessionRecords(db: Kysely<Database>, userId: number): Promise<SessionRecord[]> {
  return selectLiveSessions(db).where('user_id', '=', userId).orderBy('last_used_at', 'desc').execute()
}

/** Finds a live session by its id. */
export async function findSessionRecord(
  db: Kysely<Database>,
  id: string,
): Promise<SessionRecord | undefined> {
  return selectLiveSessions(db).where('id', '=', id).executeTakeFirst()
}

function selectLiveSessions(db: Kysely<Database>) {
  return db
    .selectFrom('sessions')
    .select(['id', 'user_id as userId', 'ip', 'user_agent as userAgent', 'created_at as createdAt'])
    .select(['last_used_at as lastUsedAt', 'reused_at as reusedAt'])
    .select(sql<Date>`least(expires_at, ends_at)`.as('expiresAt'))
    .where(isLive)
}

/**
 * Deletes at most `limit` sessions that ended or expired more than so many days ago and whose
 * tokens are out of date too. Returns how many. Rows that somebody else has locked are left for the
 * next time. A session that adopted a token of the Django service stays: without its row that token
 * would be adopted again.
 */
export async function deleteEndedSessions(
  db: Kysely<Database>,
  { olderThanDays, limit }: { olderThanDays: number; limit: number },
): Promise<number> {
  const { numDeletedRows } = await db
    .with('old', (cte) =>
      cte
        .selectFrom('sessions')
        .select('id')
        .where(
          sql`least(revoked_at, expires_at, ends_at)`,
          '<',
          sql`now() - make_interval(days => ${olderThanDays})`,
        )
        .where(sql`least(expires_at, ends_at)`, '<', sql`now()`)
        .where('adopted_jti', 'is', null)
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .deleteFrom('sessions')
    .where('id', 'in', (eb) => eb.selectFrom('old').select('old.id'))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
