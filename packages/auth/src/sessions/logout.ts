import type { Auth } from '../auth.ts'
import { type ClientInfo, insertEvent } from '../db/events.ts'
import { revokeSession } from '../db/revocations.ts'
import { inUserTransaction } from '../db/postgres/user-transaction.ts'
import { AuthError } from '../errors.ts'
import { resolveSession } from './resolve-session.ts'
import { findLoss } from './find-loss.ts'

/**
 * Ends the session of a refresh token, of whichever generation. From the next request on no refresh
 * token of it is accepted, nor an access token by this service.
 * @throws {AuthError} what `Tokens.verify` throws; session_ended when it had ended before;
 *   account_unavailable
 */
export async function logout(
  auth: Auth,
  input: { refresh: string },
  client: ClientInfo,
): Promise<Record<string, never>> {
  const claims = await auth.tokens.verify(input.refresh, 'refresh')
  const { sessionId, userId } = await resolveSession(auth, claims, client)
  const revoked = await inUserTransaction(auth.db, userId, async (tx) => {
    const session = await revokeSession(tx, { sessionId, userId, because: 'logout' })
    if (session !== undefined) await insertEvent(tx, { kind: 'logout', userId, sessionId, client })
    return session
  })
  if (revoked === undefined) throw new AuthError(await findLoss(auth.db, userId))
  return {}
}
