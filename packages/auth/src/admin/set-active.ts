import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { updateUserActive } from '../db/users.ts'
import type { Admin } from './admin.ts'

/**
 * Activates or deactivates a user. A deactivation revokes every session at once. Returns whether
 * anything changed.
 * @throws {AuthError} read_only
 * @example
 * await setActive(admin, operator, { userId: 42, isActive: false })
 */
export async function setActive(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId, isActive }: { userId: number; isActive: boolean },
): Promise<boolean> {
  await assertAccountsLead({ db })
  return db.transaction().execute(async (tx) => {
    const changed = await updateUserActive(tx, { userId, isActive })
    if (changed === undefined) return false
    if (!isActive) await revokeSessionsAndInsertEvents(tx, { because: 'deactivated', client, userId })
    await insertEvent(tx, { kind: isActive ? 'user_activated' : 'user_deactivated', userId, client })
    return true
  })
}
