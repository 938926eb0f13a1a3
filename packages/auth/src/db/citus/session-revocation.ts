import { type Kysely, sql, type Transaction } from 'kysely'
import type { ClientInfo } from '../auth-events.ts'
import type { Database, RevocationReason } from '../database.ts'
import { inBatches, type Revocation, revokeDue, selectDue } from '../session-revocation.ts'

/** Revokes live sessions of a user and appends an event for each, in two statements a batch. */
export async function revokeSessionsAndInsertEvents(
  tx: Transaction<Database>,
  revocation: Revocation,
): Promise<number> {
  return inBatches(tx, revocation, revokeBatch)
}

async function revokeBatch(tx: Transaction<Database>, revocation: Revocation): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as ${selectDue(revocation)}
    ${revokeDue(sql`${revocation.userId}`, revocation.because)}`.execute(tx)
  await insertRevocationEvents(tx, { ...revocation, sessionIds: rows.map(({ id }) => id) })
  return rows.length
}

interface RevocationEvents {
  userId: number
  client: ClientInfo
  because: RevocationReason
  sessionIds: string[]
}

/** Appends an event for each session that was revoked. */
export async function insertRevocationEvents(
  tx: Kysely<Database>,
  { userId, client, because, sessionIds }: RevocationEvents,
): Promise<void> {
  if (sessionIds.length === 0) return
  const event =
    because === 'logout'
      ? { kind: 'logout' as const, detail: null }
      : { kind: 'session_revoked' as const, detail: JSON.stringify({ because }) }
  await tx
    .insertInto('auth_events')
    .values(
      sessionIds.map((id) => ({
        ...event,
        user_id: userId,
        session_id: id,
        ip: client.ip,
        user_agent: client.userAgent,
      })),
    )
    .execute()
}
