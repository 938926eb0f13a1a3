import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import { insertAccount, insertInTransaction } from '../accounts/insert-account.ts'
import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import { assertPasswordAllowed } from '../accounts/assert-password-allowed.ts'
import type { Caller } from '../caller.ts'
import { AuthError } from '../errors.ts'
import type { Admin } from './admin.ts'
import type { NewAccount } from './new-account.ts'

/**
 * Adds a user with a profile, in one transaction with its event. Returns the id. The operator
 * vouches for the email: it counts as verified.
 * @throws {AuthError} invalid_input with `fields.email` when the email is taken in any spelling, or
 *   with `fields.password` when the password may not be chosen; overloaded; read_only
 * @example
 * const account = { email: 'ada@example.com', password, is_active: true }
 * const { id } = await addUser(admin, operator, account)
 */
export async function addUser(
  admin: Admin,
  { client }: Caller,
  account: NewAccount,
): Promise<{ id: number }> {
  await assertAccountsLead(admin)
  await assertPasswordAllowed(admin, account.password)
  const passwordHash = await admin.passwords.hash(account.password)
  const user = {
    email: account.email,
    passwordHash,
    isActive: account.is_active,
    isEmailVerified: true,
    displayName: account.display_name,
    bio: account.bio,
  }
  const added = await insertInTransaction(admin.db, (tx) =>
    insertAccount(tx, user, { client, userIdGap: admin.settings.userIdGap }),
  )
  if (added === undefined) throw emailExists()
  return { id: added.id }
}

/** The error for an email that another account has, at the field of the email. */
export function emailExists(): AuthError {
  return new AuthError('invalid_input', { fields: { email: [fieldTexts.userExists] } })
}
