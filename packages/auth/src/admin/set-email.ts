import type { Transaction } from 'kysely'
import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { isTakenByVersionBefore } from '../db/new-users.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { updateUserEmail } from '../db/user-emails.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { notify } from '../mails/notify.ts'
import type { Admin } from './admin.ts'
import { emailExists } from './add-user.ts'
import { voidEveryLink } from './void-links.ts'

/**
 * Gives a user another email, for which the operator vouches: it counts as verified. Every session
 * ends. Every mailed link is void, an undo and an open change of email too: no older mail changes
 * back what the operator set. The email before is free at once. Both get a notice, neither with an
 * undo. Returns false if the user has this email already.
 * @throws {AuthError} invalid_input with `fields.email` when another account has the email, or gave
 *   it up within the week; read_only
 * @example
 * await setEmail(admin, operator, { userId: 42, email: 'ada@example.org' })
 */
export async function setEmail(
  admin: Pick<Admin, 'settings' | 'db'>,
  caller: Caller,
  change: { userId: number; email: string },
): Promise<boolean> {
  await assertAccountsLead(admin)
  try {
    return await inUserTransaction(admin.db, change.userId, (tx) =>
      apply(admin, tx, { ...caller, ...change }),
    )
  } catch (error) {
    throw isTakenByVersionBefore(error) ? emailExists() : error
  }
}

async function apply(
  { settings }: Pick<Admin, 'settings'>,
  tx: Transaction<Database>,
  { client, userId, email }: Caller & { userId: number; email: string },
): Promise<boolean> {
  await findUserForUpdate(tx, userId)
  const before = await findRecipient(tx, userId)
  if (before === undefined || before.email === email) return false
  if (!(await updateUserEmail(tx, { userId, email, keepSeconds: 0 }))) throw emailExists()
  await voidEveryLink(tx, userId)
  await revokeSessionsAndInsertEvents(tx, { because: 'operator', client, userId })
  await insertEvent(tx, { kind: 'email_changed', userId, client })
  const toEmail = before.email
  await notify(tx, settings, { userId, notice: 'email_set_by_operator', client, toEmail })
  await notify(tx, settings, { userId, notice: 'email_is_new', client, toEmail: email })
  return true
}
