import { z } from 'zod'
import type { Auth } from '../auth.ts'
import { endSessions } from '../db/ended-sessions.ts'
import type { Client } from '../db/events.ts'
import { AuthError } from '../errors.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { lockCaller } from './caller.ts'

/**
 * Ends one session of the caller, which may be the one that asks.
 * @throws {AuthError} not_found: no such session, somebody else's, or one that is over; user_not_found, user_inactive,
 * session_ended
 */
export async function endSession(
  auth: Pick<Auth, 'db'>,
  { claims, id }: { claims: TokenClaims; id: string },
  client: Client,
): Promise<Record<string, never>> {
  const sessionId = z.uuid().safeParse(id).data
  const ended = await auth.db.transaction().execute(async (tx) => {
    await lockCaller(tx, claims)
    if (sessionId === undefined) return 0
    return endSessions(tx, { because: 'user', client, userId: claims.user_id, sessionId })
  })
  if (ended === 0) throw new AuthError('not_found')
  return {}
}
