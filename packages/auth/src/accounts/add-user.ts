import type { Auth } from '../auth.ts'
import { type Client, insertEvent } from '../db/events.ts'
import { insertUser } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import type { NewAccount } from '../schema.ts'
import { requireGoodPassword } from './require-good-password.ts'

/**
 * Adds a user with a profile, in one transaction with its event.
 * @throws {AuthError} invalid_input with `fields.email` when the address is taken, whatever its case, or with
 * `fields.password` when that may not be chosen; overloaded
 */
export async function addUser(
  auth: Pick<Auth, 'db' | 'passwords'>,
  account: NewAccount,
  client: Client,
): Promise<{ id: number }> {
  await requireGoodPassword(auth, account.password)
  const passwordHash = await auth.passwords.hash(account.password)
  const added = await auth.db.transaction().execute(async (tx) => {
    const user = await insertUser(tx, {
      email: account.email,
      passwordHash,
      isActive: account.is_active,
      displayName: account.display_name,
      bio: account.bio,
    })
    if (user !== undefined) await insertEvent(tx, { kind: 'user_added', userId: user.id, client })
    return user
  })
  if (added === undefined) {
    throw new AuthError('invalid_input', { fields: { email: ['A user with that email already exists.'] } })
  }
  return added
}
