import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { isLive, isUnended } from './live.ts'

/** A live session as its user sees it. */
export interface ListedSession {
  id: string
  userAgent: string | null
  ip: string | null
  createdAt: Date
  lastUsedAt: Date
  reusedAt: Date | null
}

/** A session's place in the list. */
interface Position {
  id: string
  /** As PostgreSQL writes it: a `Date` has no microseconds. */
  lastUsedAt: string
}

/** Which sessions to list. */
interface Page {
  userId: number
  /** The session that asks: it is listed as long as its access token counts. */
  sessionId: string | undefined
  leewaySeconds: number
  after: Position | undefined
  limit: number
}

/**
 * Lists a user's live sessions, the one used last first, at most `limit`, from the start or from
 * after a place in the list.
 */
export async function listSessionsOfUser(
  db: Kysely<Database>,
  { userId, sessionId, leewaySeconds, after, limit }: Page,
): Promise<ListedSession[]> {
  const place =
    after && sql<boolean>`(last_used_at, id) < (${after.lastUsedAt}::timestamptz, ${after.id}::uuid)`
  return db
    .selectFrom('sessions')
    .select(['id', 'user_agent as userAgent', 'ip', 'created_at as createdAt'])
    .select(['last_used_at as lastUsedAt', 'reused_at as reusedAt'])
    .where('user_id', '=', userId)
    .where((eb) => eb.or([isLive, eb.and([eb('id', '=', sessionId ?? null), isUnended(leewaySeconds)])]))
    .$if(place !== undefined, (query) => query.where(place ?? sql<boolean>`true`))
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Finds where in the list a session of this user stands or, where it has ended, stood. */
export async function findSessionPosition(
  db: Kysely<Database>,
  { userId, sessionId }: { userId: number; sessionId: string },
): Promise<Position | undefined> {
  return db
    .selectFrom('sessions')
    .select(['id', sql<string>`last_used_at::text`.as('lastUsedAt')])
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}
