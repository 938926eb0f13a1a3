import { randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import { updateUserAndInsertSessionAndEvents } from '../db/by-engine.ts'
import type { NewSession } from '../db/new-sessions.ts'
import type { LiveSession } from '../db/sessions.ts'

/** The session of a user whose password was found right. `tellsNewDevice`: default false. */
export type SessionToStart = Pick<NewSession, 'userId' | 'checkedHash' | 'rehash' | 'client'> &
  Partial<Pick<NewSession, 'tellsNewDevice'>>

/**
 * Starts a session with the lifetimes of the settings. Returns `undefined` if the user was
 * deactivated or the password changed since it was checked.
 */
export async function startSession(
  auth: Pick<Auth, 'settings' | 'db' | 'now'>,
  session: SessionToStart,
): Promise<LiveSession | undefined> {
  return updateUserAndInsertSessionAndEvents(auth.db, toNewSession(auth, session))
}

/** Returns a new session with the lifetimes of the settings. */
export function toNewSession(
  { settings, now }: Pick<Auth, 'settings' | 'now'>,
  session: SessionToStart,
): NewSession {
  return {
    tellsNewDevice: false,
    ...session,
    id: randomUUID(),
    lifetimeSeconds: settings.refreshTokenLifetimeSeconds,
    maxLifetimeSeconds: settings.sessionMaxLifetimeSeconds,
    sessionsPerUser: settings.sessionsPerUser,
    clock: now(),
  }
}
