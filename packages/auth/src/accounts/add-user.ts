import type { Auth } from '../auth.ts'
import type { AuthConfig } from '../config/config.ts'
import type { ClientInfo } from '../db/auth-events.ts'
import { AuthError } from '../errors.ts'
import type { NewAccount } from './new-account.ts'
import { insertAccount, insertInTransaction } from './insert-account.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

/**
 * Adds a user with a profile, in one transaction with its event.
 * @throws {AuthError} invalid_input with `fields.email` when the email is taken, however it is
 *   spelled, or with `fields.password` when that may not be chosen; overloaded
 */
export async function addUser(
  auth: Pick<Auth, 'db' | 'passwords'> & { config?: Pick<AuthConfig, 'userIdGap'> },
  account: NewAccount,
  client: ClientInfo,
): Promise<{ id: number }> {
  await assertPasswordAllowed(auth, account.password)
  const passwordHash = await auth.passwords.hash(account.password)
  const user = {
    email: account.email,
    passwordHash,
    isActive: account.is_active,
    displayName: account.display_name,
    bio: account.bio,
  }
  const added = await insertInTransaction(auth.db, (tx) =>
    insertAccount(tx, user, { client, userIdGap: auth.config?.userIdGap }),
  )
  if (added === undefined) {
    throw new AuthError('invalid_input', { fields: { email: ['A user with that email already exists.'] } })
  }
  return { id: added.id }
}
