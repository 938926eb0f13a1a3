import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { isLive, isUnended } from './sessions.ts'

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
 * Lists a user's live sessions, most recently used first, at most `limit`, from the start or from
 * after a position.
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

/** Finds the position of a session of this user in the list, also of one that has ended. */
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

/** A live session as an operator sees it. */
export interface SessionForOperator {
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

/** Lists live sessions, the one used last first: of a user, or of all, which reads every one. */
export async function listSessionsForOperator(
  db: Kysely<Database>,
  { userId, limit }: { userId?: number | undefined; limit?: number | undefined },
): Promise<SessionForOperator[]> {
  return selectLiveSessions(db)
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
    .orderBy('last_used_at', 'desc')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
}

/** Finds a live session by its id. */
export async function findSessionForOperator(
  db: Kysely<Database>,
  id: string,
): Promise<SessionForOperator | undefined> {
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

/** Returns how many pages the table of sessions has. */
export async function countSessionPages(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ pages: number }>`select ${pagesOf(sql`'sessions'`)} as pages`.execute(db)
  return rows[0]?.pages ?? 0
}

/** SQL for the number of pages of a table. */
export const pagesOf = (table: RawBuilder<string>): RawBuilder<number> =>
  sql`pg_relation_size(${table}) / current_setting('block_size')::int`

/** Which sessions to delete: those that are over for so long, in a range of the table's pages. */
export interface EndedSessions {
  olderThanDays: number
  fromPage: number
  toPage: number
}

/**
 * Deletes the sessions in a range of the table's pages that ended or expired more than
 * `olderThanDays` ago and whose tokens have expired too. Returns how many. Skips rows that another
 * transaction has locked. Keeps a session that adopted a token of the Django service: otherwise
 * that token would be adopted again.
 */
export async function deleteEndedSessions(
  db: Kysely<Database>,
  { olderThanDays, fromPage, toPage }: EndedSessions,
): Promise<number> {
  const { numAffectedRows = 0n } = await deleteEnded(sql`sessions`, {
    days: sql`${olderThanDays}`,
    from: sql`${`(${fromPage},0)`}`,
    to: sql`${`(${toPage},0)`}`,
  }).execute(db)
  return Number(numAffectedRows)
}

/** Builds the deletion for a table of sessions. */
export const deleteEnded = (
  sessions: RawBuilder<unknown>,
  { days, from, to }: { days: RawBuilder<number>; from: RawBuilder<string>; to: RawBuilder<string> },
): RawBuilder<unknown> => sql`
  with old as (
    select user_id, id from ${sessions}
    where ctid >= ${from}::tid and ctid < ${to}::tid
      and least(revoked_at, expires_at, ends_at) < now() - make_interval(days => ${days})
      and least(expires_at, ends_at) < now() and adopted_jti is null
    for update skip locked
  )
  delete from ${sessions} where (user_id, id) in (select user_id, id from old)`
