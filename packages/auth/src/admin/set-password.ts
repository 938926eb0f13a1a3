import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import { assertPasswordAllowed } from '../accounts/assert-password-allowed.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { updateUserPasswordHash } from '../db/password-hashes.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { notify } from '../mails/notify.ts'
import type { Admin } from './admin.ts'

/**
 * Replaces a user's password and revokes every session.
 * @throws {AuthError} invalid_input with `fields.password` when it may not be chosen; overloaded;
 *   read_only
 * @example
 * await setPassword(admin, operator, { userId: 42, password })
 */
export async function setPassword(
  { settings, db, passwords }: Admin,
  { client }: Caller,
  { userId, password }: { userId: number; password: string },
): Promise<void> {
  await assertAccountsLead({ db })
  await assertPasswordAllowed({ passwords }, password)
  const passwordHash = await passwords.hash(password)
  await db.transaction().execute(async (tx) => {
    await updateUserPasswordHash(tx, { userId, passwordHash })
    await revokeSessionsAndInsertEvents(tx, { because: 'password_changed', client, userId })
    await insertEvent(tx, { kind: 'password_changed', userId, client })
    await notify(tx, settings, { userId, notice: 'password_set_by_operator', client })
  })
}
