import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { type ClientInfo, eventColumns, sessionEvent } from './auth-events.ts'

/** A refresh token that its session had long replaced. */
export interface Reuse {
  sessionId: string
  /** The generation that the token was minted for. */
  presented: number
  client: ClientInfo
}

/**
 * Notes on a session that an old token of it was presented, and appends the event, in one
 * statement. At most once a minute, so that the holder of such a token cannot fill the audit.
 */
export async function updateSessionAndInsertReuseEvent(
  db: Kysely<Database>,
  { sessionId, presented, client }: Reuse,
): Promise<void> {
  await db
    .with('reused', (cte) =>
      cte
        .updateTable('sessions')
        .set({ reused_at: sql`now()` })
        .where('id', '=', sessionId)
        .where((eb) =>
          eb.or([eb('reused_at', 'is', null), eb('reused_at', '<=', sql<Date>`now() - interval '1 minute'`)]),
        )
        .returning(['id', 'user_id', 'generation']),
    )
    .insertInto('auth_events')
    .columns(eventColumns)
    .expression((eb) =>
      eb
        .selectFrom('reused')
        .select(
          sessionEvent(
            'refresh_reused',
            client,
            sql`jsonb_build_object('presented', ${presented}::int, 'current', generation)`,
          ),
        ),
    )
    .execute()
}
