import type { Caller } from '../caller.ts'
import { countSessionPages, deleteEndedSessions, revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import {
  findSessionForOperator,
  listSessionsForOperator,
  type SessionForOperator,
} from '../db/session-lists.ts'
import { notify } from '../mails/notify.ts'
import { findUserForUpdate, revokeTokensIssuedBefore } from '../db/users.ts'
import type { Admin } from './admin.ts'

/**
 * Lists live sessions, most recently used first: of one user, or of all, at most `limit`.
 * @example
 * const sessions = await listSessions(admin, operator, { userId: 42 })
 * const newest = await listSessions(admin, operator, { limit: 50 })
 */
export async function listSessions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  filter: { userId?: number | undefined; limit?: number | undefined },
): Promise<SessionForOperator[]> {
  return listSessionsForOperator(db, filter)
}

/**
 * Revokes one live session. Returns whether there was one.
 * @example
 * await revokeSession(admin, operator, { sessionId: '3b241101-e2bb-4255-8caf-4136c566a962' })
 */
export async function revokeSession(
  { settings, db }: Pick<Admin, 'settings' | 'db'>,
  { client }: Caller,
  { sessionId }: { sessionId: string },
): Promise<boolean> {
  const session = await findSessionForOperator(db, sessionId)
  if (session === undefined) return false
  const { userId } = session
  const revoked = await db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    const count = await revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId, sessionId })
    if (count > 0) await notify(tx, settings, { userId, notice: 'sessions_revoked_by_operator', client })
    return count
  })
  return revoked > 0
}

/**
 * Revokes every live session of a user, and the tokens that have no session. Returns how many
 * sessions.
 * @example
 * const count = await revokeSessionsOfUser(admin, operator, { userId: 42 })
 */
export async function revokeSessionsOfUser(
  { settings, db }: Pick<Admin, 'settings' | 'db'>,
  { client }: Caller,
  { userId }: { userId: number },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    await revokeTokensIssuedBefore(tx, userId)
    const count = await revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId })
    if (count > 0) await notify(tx, settings, { userId, notice: 'sessions_revoked_by_operator', client })
    return count
  })
}

/** Pages of the table that one statement of a prune reads: some 5,000 sessions. */
const pagesPerStatement = 250

/**
 * Deletes the sessions that ended or expired more than `olderThanDays` ago. Reads the table once, a
 * range of pages at a time, however many are due. Returns how many. Safe beside live traffic and
 * beside another prune.
 * @example
 * const count = await pruneSessions(admin, operator, { olderThanDays: 30 })
 */
export async function pruneSessions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  const pages = await countSessionPages(db)
  let deleted = 0
  for (let fromPage = 0; fromPage <= pages; fromPage += pagesPerStatement) {
    const toPage = fromPage + pagesPerStatement
    deleted += await deleteEndedSessions(db, { olderThanDays, fromPage, toPage })
  }
  return deleted
}
