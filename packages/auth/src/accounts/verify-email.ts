import type { EmailVerification } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { findOneTimeToken, type OneTimeToken, updateTokenConsumed } from '../db/one-time-tokens.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate, updateEmailVerified } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { findVerification } from '../mails/find-verification.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'
import { confirmRegistration } from './confirm-registration.ts'

/**
 * Records that the reader of a mail proved the email: of a registration, which becomes an account,
 * or of a user. A link or code that did so before is a success too. Starts no session.
 * @throws {AuthError} mail_off; link_invalid
 */
export async function verifyEmail(
  auth: Auth,
  caller: Caller,
  proof: EmailVerification,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  const { kind, found } = await findVerification(auth, caller, proof)
  if (kind === 'user') await verifyUser(auth, caller, found)
  else await confirmRegistration(auth, caller, found)
  return {}
}

/** What was checked before the user's row was locked is compared once more. */
async function verifyUser(auth: Auth, { client }: Caller, token: OneTimeToken): Promise<void> {
  if (token.isConsumed) return
  const { userId } = token
  await inUserTransaction(auth.db, userId, async (tx) => {
    await findUserForUpdate(tx, userId)
    const now = await findOneTimeToken(tx, token)
    if (!now?.isActive || now.userEmail !== token.userEmail) throw new AuthError('link_invalid')
    if (!(await updateTokenConsumed(tx, token))) return
    if (await updateEmailVerified(tx, userId))
      await insertEvent(tx, { kind: 'email_verified', userId, client })
  })
}
