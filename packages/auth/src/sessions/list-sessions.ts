import type { Auth } from '../auth.ts'
import { listSessionsOfUser } from '../db/callers.ts'
import type { SessionEntry } from '../schema.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { requireCaller } from './caller.ts'
import { readDevice } from './device.ts'

/**
 * The live sessions of the caller, the one used last first. One round trip.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function listSessions(auth: Pick<Auth, 'db'>, claims: TokenClaims): Promise<SessionEntry[]> {
  const rows = await listSessionsOfUser(auth.db, { userId: claims.user_id, sessionId: claims.sid })
  const current = rows.find(({ isCurrent }) => isCurrent)
  const user = current ?? rows[0]
  await requireCaller(auth.db, user && { ...user, hasLiveSession: current !== undefined }, claims)
  return rows.flatMap(({ id, createdAt, lastUsedAt, ...session }) =>
    id === null || createdAt === null || lastUsedAt === null
      ? []
      : {
          id,
          device: readDevice(session.userAgent),
          ip: session.ip,
          created_at: createdAt.toISOString(),
          last_used_at: lastUsedAt.toISOString(),
          reused_at: session.reusedAt?.toISOString() ?? null,
          is_current: session.isCurrent,
        },
  )
}
