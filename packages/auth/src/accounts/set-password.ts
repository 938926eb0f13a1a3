import type { Auth } from '../auth.ts'
import { revokeSessionsAndInsertEvents } from '../db/session-revocation.ts'
import { type ClientInfo, insertEvent } from '../db/auth-events.ts'
import { updatePasswordHash } from '../db/password-hashes.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

/**
 * Gives a user another password and ends every session. The caller has made sure that it may.
 * @throws {AuthError} invalid_input with `fields.password` when it may not be chosen; overloaded
 */
export async function setPassword(
  auth: Pick<Auth, 'db' | 'passwords'>,
  { userId, password }: { userId: number; password: string },
  client: ClientInfo,
): Promise<void> {
  await assertPasswordAllowed(auth, password)
  const passwordHash = await auth.passwords.hash(password)
  await auth.db.transaction().execute(async (tx) => {
    await updatePasswordHash(tx, { userId, passwordHash })
    await revokeSessionsAndInsertEvents(tx, { because: 'password_changed', client, userId })
    await insertEvent(tx, { kind: 'password_changed', userId, client })
  })
}
