import type { Transaction } from 'kysely'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { lockMailbox } from '../db/mails.ts'
import { updateUserPasswordHash } from '../db/password-hashes.ts'
import { consumeRegistration, type Registration } from '../db/registrations.ts'
import { findUserByEmail, revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { findUserForUpdate, updateEmailVerified } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { insertAccount, insertInTransaction } from './insert-account.ts'

/**
 * Makes an account of a registration whose email is proven. Every other registration of the email
 * is deleted. An account with this email that proved nothing may be another person's: it gets the
 * password of the registration, and every session of before ends. Does nothing for a registration
 * that was confirmed before.
 * @throws {AuthError} link_invalid: the email has a verified or inactive account
 */
export async function confirmRegistration(
  auth: Auth,
  { client }: Caller,
  registration: Registration,
): Promise<void> {
  if (registration.isConsumed) return
  const { typedEmail: email, displayName } = registration
  const confirmed = await insertInTransaction(auth.db, async (tx) => {
    await lockMailbox(tx, registration.email)
    const proven = await consumeRegistration(tx, registration)
    if (proven === undefined) return 'done'
    const { passwordHash } = proven
    const account = {
      email,
      passwordHash,
      isActive: true,
      isEmailVerified: true,
      displayName: displayName ?? undefined,
      bio: undefined,
    }
    const added = await insertAccount(tx, account, { client, userIdGap: auth.settings.userIdGap })
    const userId = added?.id ?? (await takeOver(tx, { client }, { email, passwordHash }))
    await insertEvent(tx, { kind: 'email_verified', userId, client })
    return 'done'
  })
  if (confirmed === undefined) throw new AuthError('link_invalid')
  await auth.limits.logins.clearAccount({ email, client })
}

async function takeOver(
  tx: Transaction<Database>,
  { client }: Caller,
  { email, passwordHash }: { email: string; passwordHash: string },
): Promise<number> {
  const user = await findUserByEmail(tx, email)
  if (user === undefined) throw new AuthError('link_invalid')
  const locked = await findUserForUpdate(tx, user.id)
  if (!locked?.isActive || !(await updateEmailVerified(tx, user.id))) throw new AuthError('link_invalid')
  const { id: userId } = user
  await updateUserPasswordHash(tx, { userId, passwordHash })
  await revokeSessionsAndInsertEvents(tx, { because: 'password_reset', client, userId })
  await insertEvent(tx, { kind: 'password_reset', userId, client })
  return userId
}
