import { randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import { updateUserAndInsertSessionAndEvents, type NewSession } from '../db/new-sessions.ts'
import type { LiveSession } from '../db/sessions.ts'

type NewDevice = Pick<NewSession, 'tellsNewDevice'>

/**
 * Starts a session with the lifetimes of the settings. Returns `undefined` if the user was
 * deactivated or the password changed since it was checked.
 */
export async function startSession(
  { settings, db, now }: Pick<Auth, 'settings' | 'db' | 'now'>,
  session: Pick<NewSession, 'userId' | 'checkedHash' | 'rehash' | 'client'> & Partial<NewDevice>,
): Promise<LiveSession | undefined> {
  return updateUserAndInsertSessionAndEvents(db, {
    tellsNewDevice: false,
    ...session,
    id: randomUUID(),
    lifetimeSeconds: settings.refreshTokenLifetimeSeconds,
    maxLifetimeSeconds: settings.sessionMaxLifetimeSeconds,
    sessionsPerUser: settings.sessionsPerUser,
    clock: now(),
  })
}
