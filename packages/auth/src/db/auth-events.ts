import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { EventKind } from './event-kinds.ts'

/** The client on the wire, as sessions and events record it. */
export interface ClientInfo {
  ip: string | null
  userAgent: string | null
  /** The language of the answer, where there are several (BCP 47). */
  language?: string | undefined
}

/** One row of the audit. `detail` holds neither a password nor a token. */
export interface NewEvent {
  kind: EventKind
  /** `null`: the event concerns no user, for example a login with an email that has none. */
  userId: number | null
  sessionId?: string
  client: ClientInfo
  detail?: Record<string, unknown>
}

/** Appends one event. */
export async function insertEvent(
  db: Kysely<Database>,
  { kind, userId, sessionId, client, detail }: NewEvent,
): Promise<void> {
  const event = {
    kind,
    session_id: sessionId ?? null,
    ip: client.ip,
    user_agent: client.userAgent,
    detail: detail === undefined ? null : JSON.stringify(detail),
  }
  const insertion =
    userId === null
      ? db.insertInto('events_without_user').values(event)
      : db.insertInto('auth_events').values({ ...event, user_id: userId })
  await insertion.execute()
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
