import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { deleteUserAndAnonymizeEvents, findRowsOfUser, type UserRows } from '../db/erased-users.ts'
import { findUserForUpdate } from '../db/users.ts'
import type { Admin } from './admin.ts'

/**
 * Deletes a user for good: account, profile, sessions, links and mails. The audit keeps kinds and
 * times. No other user ever gets the id; the email is free at once. Returns false if there is no
 * such user. Siblings that verify tokens by key alone accept the user's access tokens until they
 * expire.
 * @throws {AuthError} read_only
 * @example
 * await eraseUser(admin, operator, { userId: 42 })
 */
export async function eraseUser(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId }: { userId: number },
): Promise<boolean> {
  await assertAccountsLead({ db })
  return db.transaction().execute(async (tx) => {
    if ((await findUserForUpdate(tx, userId)) === undefined) return false
    await deleteUserAndAnonymizeEvents(tx, userId)
    await insertEvent(tx, { kind: 'user_deleted', userId, client })
    return true
  })
}

/**
 * Returns all that is stored of a user, by table, for the user to have (GDPR article 15): without
 * the password's hash.
 * @example
 * const { users, sessions, auth_events } = await exportUser(admin, operator, { userId: 42 })
 */
export async function exportUser(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { userId }: { userId: number },
): Promise<UserRows> {
  return findRowsOfUser(db, userId)
}
