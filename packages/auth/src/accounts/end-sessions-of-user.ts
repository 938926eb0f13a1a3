import type { Auth } from '../auth.ts'
import { findUserForUpdate, revokeTokensIssuedBefore } from '../db/callers.ts'
import { endSessions } from '../db/ended-sessions.ts'
import type { ClientInfo } from '../db/events.ts'

/**
 * Ends every live session of a user, or the one that is named, for an operator. Returns how many
 * ended.
 */
export async function endSessionsOfUser(
  auth: Pick<Auth, 'db'>,
  { userId, sessionId }: { userId: number; sessionId?: string },
  client: ClientInfo,
): Promise<number> {
  const only = sessionId === undefined ? {} : { sessionId }
  return auth.db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    if (sessionId === undefined) await revokeTokensIssuedBefore(tx, userId)
    return endSessions(tx, { because: 'operator', client, userId, ...only })
  })
}
