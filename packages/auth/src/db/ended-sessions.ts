import { sql, type Transaction } from 'kysely'
import { isLive, isUnended } from './live.ts'
import type { Database, RevocationReason } from './database.ts'
import { type ClientInfo, eventColumns, sessionEvent } from './events.ts'
import { endingBatchSize } from './surplus-sessions.ts'

/** Which live sessions of a user to end, and what the audit says of it. */
export interface Ending {
  because: RevocationReason
  client: ClientInfo
  userId: number
  sessionId?: string
  /** A session that goes on. */
  exceptSessionId?: string | undefined
}

/**
 * Ends live sessions and appends an event for each, five thousand in a statement, so that however
 * many there are no statement runs out of time. Returns how many it ended. Those that only expired
 * end as well, without an event: access tokens of theirs may still be in their time.
 */
export async function endSessions(tx: Transaction<Database>, ending: Ending): Promise<number> {
  await endExpired(tx, ending)
  let [total, ended] = [0, 0]
  do {
    ended = await endBatch(tx, ending)
    total += ended
  } while (ended === endingBatchSize)
  return total
}

async function endExpired(
  tx: Transaction<Database>,
  { because, userId, sessionId, exceptSessionId }: Ending,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoked_because: because })
    .where(isUnended(0))
    .where('expires_at', '<=', sql<Date>`now()`)
    .where('user_id', '=', userId)
    .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? null))
    .$if(exceptSessionId !== undefined, (query) => query.where('id', '!=', exceptSessionId ?? null))
    .execute()
}

async function endBatch(
  tx: Transaction<Database>,
  { because, client, userId, sessionId, exceptSessionId }: Ending,
): Promise<number> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .with('due', (cte) =>
      cte
        .selectFrom('sessions')
        .select('id')
        .where(isLive)
        .where('user_id', '=', userId)
        .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? null))
        .$if(exceptSessionId !== undefined, (query) => query.where('id', '!=', exceptSessionId ?? null))
        .limit(endingBatchSize)
        .forUpdate(),
    )
    .with('ended', (cte) =>
      cte
        .updateTable('sessions')
        .set({ revoked_at: sql`now()`, revoked_because: because })
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returning(['id', 'user_id']),
    )
    .insertInto('auth_events')
    .columns(eventColumns)
    .expression((eb) =>
      eb
        .selectFrom('ended')
        .select(
          sessionEvent('session_revoked', client, sql`jsonb_build_object('because', ${because}::text)`),
        ),
    )
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows)
}
