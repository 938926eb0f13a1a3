import type { Auth } from '../auth.ts'
import { updateUserAndRateLimitsAndInsertSession } from '../db/login-sessions.ts'
import { updateUserAndInsertSessionAndEvents } from '../db/by-engine.ts'
import type { LiveSession } from '../db/sessions.ts'
import type { RecordedLogin } from '../throttle/login-throttle.ts'
import { type SessionToStart, toNewSession } from './start-session.ts'

/**
 * Starts the session of a login and clears its counts: in one statement where PostgreSQL keeps
 * them. While it cannot, the session starts alone. Returns `undefined`, and clears nothing, if the
 * user was deactivated or the password changed since it was checked.
 */
export async function startLoginSession(
  auth: Pick<Auth, 'settings' | 'db' | 'now'>,
  session: SessionToStart,
  recorded: Pick<RecordedLogin, 'clear' | 'clearing'>,
): Promise<LiveSession | undefined> {
  const { clearing } = recorded
  if (clearing !== undefined) {
    const started = await updateUserAndRateLimitsAndInsertSession(
      auth.db,
      toNewSession(auth, session),
      clearing,
    )
    if (started !== undefined) return started.session
  }
  const started = await updateUserAndInsertSessionAndEvents(auth.db, toNewSession(auth, session))
  if (started !== undefined) await recorded.clear()
  return started
}
