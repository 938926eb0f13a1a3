import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { AuthError } from '../errors.ts'
import { findLoss } from './find-loss.ts'
import { resolveSession } from './resolve-session.ts'

/**
 * Revokes the session of a refresh token of any generation. From the next request on, no refresh
 * token of it is accepted, nor an access token by this service.
 * @throws {AuthError} what `Tokens.verify` throws; session_ended if it had ended before;
 *   account_unavailable
 */
export async function logout(
  auth: Auth,
  { client }: Caller,
  input: { refresh: string },
): Promise<Record<string, never>> {
  const claims = await auth.tokens.verify(input.refresh, 'refresh')
  const { sessionId, userId } = await resolveSession(auth, { client, claims })
  const revoked = await inUserTransaction(auth.db, userId, (tx) =>
    revokeSessionsAndInsertEvents(tx, { because: 'logout', client, userId, sessionId }),
  )
  if (revoked === 0) throw new AuthError(await findLoss(auth.db, userId))
  return {}
}
