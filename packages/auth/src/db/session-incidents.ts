import { sql, type Transaction } from 'kysely'
import { type ClientInfo, insertEvent } from './auth-events.ts'
import type { Database } from './database.ts'
import { toStorableSeconds } from './sessions.ts'

/** A refresh token that its session had long replaced. */
export interface Reuse {
  sessionId: string
  userId: number
  /** The generation that the token was minted for. */
  presented: number
  client: ClientInfo
}

/**
 * Notes on a session that an old token of it was presented, and appends the event. At most once a
 * minute, so that the holder of such a token cannot fill the audit.
 * Returns whether it did.
 */
export async function updateSessionAndInsertReuseEvent(
  tx: Transaction<Database>,
  { sessionId, userId, presented, client }: Reuse,
): Promise<boolean> {
  const reused = await tx
    .updateTable('sessions')
    .set({ reused_at: sql`now()` })
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where((eb) =>
      eb.or([eb('reused_at', 'is', null), eb('reused_at', '<=', sql<Date>`now() - interval '1 minute'`)]),
    )
    .returning('generation')
    .executeTakeFirst()
  if (reused === undefined) return false
  const detail = { presented, current: reused.generation }
  await insertEvent(tx, { kind: 'refresh_reused', userId, sessionId, client, detail })
  return true
}

/**
 * A session that is behind a refresh token of its own: the database lost rotations that it had
 * answered.
 */
export interface Recovery {
  sessionId: string
  userId: number
  /** The generation that the token was minted for. */
  presented: number
  /** The generation of the row. */
  current: number
  /** The token's own `exp`, epoch seconds. */
  exp: number
  client: ClientInfo
}

/**
 * Moves a session forward to the generation of the presented token and appends the event. The
 * database also lost a later `expires_at`, which the token's `exp` restores; `ends_at` never moves.
 */
export async function updateSessionAndInsertRecoveryEvent(
  tx: Transaction<Database>,
  { sessionId, userId, presented, current, exp, client }: Recovery,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      generation: presented,
      delivered_generation: presented,
      expires_at: sql<Date>`least(greatest(expires_at, to_timestamp(${toStorableSeconds(exp)})), ends_at)`,
    })
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .execute()
  await insertEvent(tx, {
    kind: 'session_recovered',
    userId,
    sessionId,
    client,
    detail: { presented, current },
  })
}
