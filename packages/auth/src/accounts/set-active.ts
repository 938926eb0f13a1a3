import type { Auth } from '../auth.ts'
import { revokeSessionsAndInsertEvents } from '../db/session-revocation.ts'
import { type ClientInfo, insertEvent } from '../db/auth-events.ts'
import { updateUserActive } from '../db/users.ts'

/**
 * Lets a user log in, or no longer: then every session ends at once. Tells whether anything
 * changed.
 */
export async function setActive(
  auth: Pick<Auth, 'db'>,
  { userId, isActive }: { userId: number; isActive: boolean },
  client: ClientInfo,
): Promise<boolean> {
  return auth.db.transaction().execute(async (tx) => {
    const changed = await updateUserActive(tx, { userId, isActive })
    if (changed === undefined) return false
    if (!isActive) await revokeSessionsAndInsertEvents(tx, { because: 'deactivated', client, userId })
    await insertEvent(tx, { kind: isActive ? 'user_activated' : 'user_deactivated', userId, client })
    return true
  })
}
