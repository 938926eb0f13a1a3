import type { Kysely } from 'kysely'
import type { Database, EventKind } from './database.ts'

/** Who sent a request, as sessions and events record it. */
export interface Client {
  ip: string | null
  userAgent: string | null
}

/** One row of the audit. `detail` holds neither a password nor a token. */
export interface NewEvent {
  kind: EventKind
  userId: number | null
  sessionId?: string
  client: Client
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
