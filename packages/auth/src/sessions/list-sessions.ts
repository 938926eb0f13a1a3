import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import {
  type ListSessionsInput,
  sessionsPerPage,
  type SessionEntry,
} from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { findSessionPosition, listSessionsOfUser } from '../db/session-lists.ts'
import { findUserOfSession } from '../db/by-engine.ts'
import { AuthError } from '../errors.ts'
import { assertSessionActive } from './assert-session-active.ts'
import { readDevice } from './device.ts'

/**
 * Returns the live sessions of the caller, most recently used first: the first hundred, or the
 * `limit` that follow the session `before`.
 * @throws {AuthError} invalid_input with `fields.before` if the caller has no such session;
 *   user_not_found, user_inactive, session_ended
 */
export async function listSessions(
  auth: Pick<Auth, 'db'>,
  { claims }: AuthenticatedCaller,
  { before, limit = sessionsPerPage }: ListSessionsInput = {},
): Promise<SessionEntry[]> {
  const { user_id: userId, sid, leewaySeconds } = claims
  const caller = await findUserOfSession(auth.db, { userId, sessionId: sid, leewaySeconds })
  await assertSessionActive(auth.db, caller, claims)
  const after = before === undefined ? undefined : await getPosition(auth, userId, before)
  const sessions = await listSessionsOfUser(auth.db, { userId, sessionId: sid, leewaySeconds, after, limit })
  const agents = new Set(sessions.map(({ userAgent }) => userAgent))
  const devices = new Map(Array.from(agents, (agent) => [agent, readDevice(agent)]))
  return sessions.map((session) => ({
    id: session.id,
    device: devices.get(session.userAgent) ?? readDevice(null),
    ip: session.ip,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    reused_at: session.reusedAt?.toISOString() ?? null,
    is_current: session.id === sid,
  }))
}

async function getPosition({ db }: Pick<Auth, 'db'>, userId: number, sessionId: string) {
  const position = await findSessionPosition(db, { userId, sessionId })
  if (position === undefined) {
    throw new AuthError('invalid_input', { fields: { before: [fieldTexts.noSession] } })
  }
  return position
}
