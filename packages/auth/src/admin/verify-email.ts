import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { updateEmailVerified } from '../db/users.ts'
import type { Admin } from './admin.ts'

/**
 * Records that an operator vouches for the email of a user. Returns false if it was verified
 * before.
 * @throws {AuthError} read_only
 * @example
 * await verifyEmail(admin, operator, { userId: 42 })
 */
export async function verifyEmail(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId }: { userId: number },
): Promise<boolean> {
  await assertAccountsLead({ db })
  return db.transaction().execute(async (tx) => {
    const isNew = await updateEmailVerified(tx, userId)
    if (isNew) await insertEvent(tx, { kind: 'email_verified', userId, client })
    return isNew
  })
}
