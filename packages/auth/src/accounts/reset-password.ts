import type { PasswordReset } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { updateUserPasswordHash } from '../db/password-hashes.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate, updateEmailVerified } from '../db/users.ts'
import { consumeToken } from '../mails/consume-token.ts'
import { findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'
import { notifyWithUndo } from '../mails/notify.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

/**
 * Gives the user of a mailed link or code another password, revokes every session of theirs and
 * clears the wrong passwords counted against the account. A password that may not be chosen leaves
 * the link as it is. The new one may equal the old one: a refusal would tell a thief of the mailbox
 * what it was. Starts no session.
 * @throws {AuthError} mail_off; invalid_input with `fields.new_password`; link_invalid, link_used;
 *   overloaded
 */
export async function resetPassword(
  auth: Auth,
  caller: Caller,
  { new_password, ...proof }: PasswordReset,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  await assertPasswordAllowed(auth, new_password, 'new_password')
  const token = await findMailedToken(auth, caller, { purpose: 'reset_password', proof })
  const passwordHash = await auth.passwords.hash(new_password)
  await inUserTransaction(auth.db, token.userId, async (tx) => {
    const { userId } = token
    await findUserForUpdate(tx, userId)
    await consumeToken(tx, token)
    await updateUserPasswordHash(tx, { userId, passwordHash })
    if (await updateEmailVerified(tx, userId))
      await insertEvent(tx, { kind: 'email_verified', userId, client: caller.client })
    await revokeSessionsAndInsertEvents(tx, { because: 'password_reset', client: caller.client, userId })
    await insertEvent(tx, { kind: 'password_reset', userId, client: caller.client })
    await notifyWithUndo(tx, auth.settings, { userId, notice: 'password_was_reset', client: caller.client })
  })
  await auth.limits.logins.clearAccount({ email: token.userEmail, client: caller.client })
  return {}
}
