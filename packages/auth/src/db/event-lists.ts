import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'

/** The place of an event among all, in the order of their times. */
export interface EventPosition {
  /** As PostgreSQL writes it: a `Date` has no microseconds. */
  at: string
  id: number
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
  position: EventPosition
}

/** Which events to list. */
export interface EventFilter {
  after?: EventPosition | undefined
  limit: number
  userId?: number | undefined
  kinds?: string[] | undefined
  since?: Date | undefined
}

/** Lists events by time, at most `limit`, from the start or from after a position. */
export async function listEventsForOperator(
  db: Kysely<Database>,
  filter: EventFilter,
): Promise<EventForOperator[]> {
  const { userId, limit } = filter
  const ofUsers = selectEvents('auth_events', filter)
  const all =
    userId === undefined
      ? sql`(${ofUsers}) union all (${selectEvents('events_without_user', filter)}) order by at, id limit ${limit}`
      : ofUsers
  const { rows } = await sql<Omit<EventForOperator, 'position'> & { atText: string }>`
    select e.id, e.at, e.kind, e.user_id as "userId", u.email, e.session_id as "sessionId", e.ip,
      e.user_agent as "userAgent", e.detail, e.at::text as "atText"
    from (${all}) e left join users u on u.id = e.user_id
    order by e.at, e.id`.execute(db)
  return rows.map(({ atText, ...event }) => ({ ...event, position: { at: atText, id: event.id } }))
}

/**
 * Selects the first events of a table. The lower bound of `at` is said by itself: PostgreSQL leaves
 * out no month because of a comparison of rows.
 */
function selectEvents(
  table: 'auth_events' | 'events_without_user',
  { after, limit, userId, kinds, since }: EventFilter,
): RawBuilder<unknown> {
  const conditions = [
    sql`true`,
    ...(after
      ? [sql`at >= ${after.at}::timestamptz and (at, id) > (${after.at}::timestamptz, ${after.id}::bigint)`]
      : []),
    ...(since ? [sql`at >= ${since}::timestamptz`] : []),
    ...(kinds ? [sql`kind = any(${kinds}::text[])`] : []),
    ...(userId === undefined ? [] : [sql`user_id = ${userId}::bigint`]),
  ]
  const user = table === 'auth_events' ? sql`user_id` : sql`null::bigint as user_id`
  return sql`
    select id, at, kind, ${user}, session_id, ip, user_agent, detail from ${sql.table(table)}
    where ${sql.join(conditions, sql` and `)} order by at, id limit ${limit}`
}

/**
 * Deletes the oldest events of a table that were recorded more than `olderThanDays` ago, at most
 * `limit`. Returns how many.
 */
export async function deleteOldEvents(
  db: Kysely<Database>,
  table: 'auth_events' | 'events_without_user',
  { olderThanDays, limit }: { olderThanDays: number; limit: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where at < now() - make_interval(days => ${olderThanDays}) and (at, id) in (
      select at, id from ${sql.table(table)} where at < now() - make_interval(days => ${olderThanDays})
      order by at, id limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}
