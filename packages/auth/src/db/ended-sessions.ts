import { type Kysely, sql } from 'kysely'
import { isLive } from './live.ts'
import type { Database, RevocationReason } from './database.ts'
import type { Client } from './events.ts'

/** Which live sessions of a user to end, and what the audit says of it. */
export interface Ending {
  because: RevocationReason
  client: Client
  userId: number
  sessionId?: string
  /** A session that goes on. */
  exceptSessionId?: string | undefined
}

/** Ends live sessions and appends an event for each, in one statement. Returns the sessions that it ended. */
export async function endSessions(
  db: Kysely<Database>,
  { because, client, userId, sessionId, exceptSessionId }: Ending,
): Promise<{ id: string }[]> {
  return db
    .with('ended', (cte) =>
      cte
        .updateTable('sessions')
        .set({ revoked_at: sql`now()`, revoked_because: because })
        .where(isLive)
        .where('user_id', '=', userId)
        .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? null))
        .$if(exceptSessionId !== undefined, (query) => query.where('id', '!=', exceptSessionId ?? null))
        .returning(['id', 'user_id']),
    )
    .insertInto('auth_events')
    .columns(['kind', 'user_id', 'session_id', 'ip', 'user_agent', 'detail'])
    .expression((eb) =>
      eb
        .selectFrom('ended')
        .select([
          sql.lit('session_revoked').as('kind'),
          'ended.user_id',
          'ended.id',
          sql<string | null>`${client.ip}::inet`.as('ip'),
          sql<string | null>`${client.userAgent}::text`.as('user_agent'),
          sql<string>`jsonb_build_object('because', ${because}::text)`.as('detail'),
        ]),
    )
    .returning(sql<string>`session_id`.as('id'))
    .execute()
}
