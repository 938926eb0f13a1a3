import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database, EventKind } from './database.ts'

/** The client on the wire, as sessions and events record it. */
export interface ClientInfo {
  ip: string | null
  userAgent: string | null
}

/** One row of the audit. `detail` holds neither a password nor a token. */
export interface NewEvent {
  kind: EventKind
  userId: number | null
  sessionId?: string
  client: ClientInfo
  detail?: Record<string, unknown>
}

/** Appends one event. */
export async function insertEvent(db: Kysely<Database>, event: NewEvent): Promise<void> {
  await db
    .insertInto('auth_events')
    .values({
      kind: event.kind,
      user_id: event.userId,
      session_id: event.sessionId ?? null,
      ip: event.client.ip,
      user_agent: event.client.userAgent,
      detail: event.detail === undefined ? null : JSON.stringify(event.detail),
    })
    .execute()
}

/** The columns of an event that a statement appends beside its change. */
export const eventColumns = ['kind', 'user_id', 'session_id', 'ip', 'user_agent', 'detail'] as const

/**
 * The values of `eventColumns` for each changed session, of which the statement returns `id` and
 * `user_id`.
 */
export function sessionEvent(kind: EventKind, client: ClientInfo, detail: RawBuilder<unknown>) {
  return [
    sql.lit(kind).as('kind'),
    sql.ref<number>('user_id').as('user_id'),
    sql.ref<string>('id').as('session_id'),
    sql<string | null>`${client.ip}::inet`.as('ip'),
    sql<string | null>`${client.userAgent}::text`.as('user_agent'),
    sql<string>`${detail}`.as('detail'),
  ] as const
}

/** A row of the audit as an operator sees it. */
export interface EventForOperator {
  id: number
  at: Date
  kind: string
  userId: number | null
  email: string | null
  sessionId: string | null
  ip: string | null
  userAgent: string | null
  detail: unknown
}

/** Which events to list. */
export interface EventFilter {
  afterId: number
  limit: number
  userId?: number | undefined
  kinds?: string[] | undefined
  since?: Date | undefined
}

/**
 * Reads the events after `afterId` in the order of their ids, at most `limit`, and deletes those
 * recorded more than `olderThanDays` ago. Returns how many, and the last id read. The order of ids
 * is nearly that of times: a page without a deletion means that the rest is younger. Reads no other
 * row, however large the audit is.
 */
export async function deleteOldEvents(
  db: Kysely<Database>,
  { olderThanDays, afterId, limit }: { olderThanDays: number; afterId: number; limit: number },
): Promise<{ deleted: number; lastId: number }> {
  const { rows } = await sql<{ deleted: number; lastId: number }>`
    with page as (select id, at from auth_events where id > ${afterId} order by id limit ${limit}),
    gone as (
      delete from auth_events where id in (select id from page where at < now() - make_interval(days => ${olderThanDays}))
      returning id
    )
    select (select count(*) from gone)::int as deleted, coalesce((select max(id) from page), ${afterId}) as "lastId"`.execute(
    db,
  )
  return rows[0] ?? { deleted: 0, lastId: afterId }
}

/** Lists events after `afterId` in the order of their ids, at most `limit`. */
export async function listEventsForOperator(
  db: Kysely<Database>,
  filter: EventFilter,
): Promise<EventForOperator[]> {
  const { userId, kinds, since } = filter
  return db
    .selectFrom('auth_events as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.id', 'e.at', sql<string>`e.kind`.as('kind'), 'e.user_id as userId', 'u.email'])
    .select(['e.session_id as sessionId', 'e.ip', 'e.user_agent as userAgent'])
    .select(sql`e.detail`.as('detail'))
    .where('e.id', '>', filter.afterId)
    .$if(userId !== undefined, (query) => query.where('e.user_id', '=', userId ?? null))
    .$if(kinds !== undefined, (query) => query.where(sql<boolean>`e.kind = any(${kinds}::text[])`))
    .$if(since !== undefined, (query) => query.where('e.at', '>=', since ?? new Date(0)))
    .orderBy('e.id')
    .limit(filter.limit)
    .execute()
}
