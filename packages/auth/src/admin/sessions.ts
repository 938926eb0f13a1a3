import type { Caller } from '../caller.ts'
import {
  deleteEndedSessions,
  findSessionForOperator,
  listSessionsForOperator,
  type SessionForOperator,
} from '../db/session-lists.ts'
import { revokeSessionsAndInsertEvents } from '../db/session-revocation.ts'
import { findUserForUpdate, revokeTokensIssuedBefore } from '../db/users.ts'
import type { Admin } from './admin.ts'
import { pruneBatchSize } from './prune-batch-size.ts'

/** Lists a user's live sessions, the one used last first. */
export async function listSessions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { userId }: { userId: number },
): Promise<SessionForOperator[]> {
  return listSessionsForOperator(db, userId)
}

/** Revokes one live session. Returns whether there was one. */
export async function revokeSession(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { sessionId }: { sessionId: string },
): Promise<boolean> {
  const session = await findSessionForOperator(db, sessionId)
  if (session === undefined) return false
  const { userId } = session
  const revoked = await db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    return revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId, sessionId })
  })
  return revoked > 0
}

/** Revokes every live session of a user, and the tokens that have none. Returns how many. */
export async function revokeSessionsOfUser(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId }: { userId: number },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    await revokeTokensIssuedBefore(tx, userId)
    return revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId })
  })
}

/**
 * Deletes the sessions that ended or expired more than so many days ago, in batches. Returns how
 * many. Safe beside live traffic and beside another prune.
 */
export async function pruneSessions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await deleteEndedSessions(db, { olderThanDays, limit: pruneBatchSize })
    total += deleted
    if (deleted < pruneBatchSize) return total
  }
}
