import type { Auth } from '../auth.ts'
import { findUserForUpdate, revokeTokensIssuedBefore } from '../db/users.ts'
import { revokeSessionsAndInsertEvents } from '../db/session-revocation.ts'
import type { ClientInfo } from '../db/auth-events.ts'

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
    return revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId, ...only })
  })
}
