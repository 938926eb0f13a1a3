import type { EmailVerificationRejection } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { findOneTimeToken, type OneTimeToken } from '../db/one-time-tokens.ts'
import { deleteUnverifiedUser } from '../db/registrants.ts'
import { deletePendingRegistration, type Registration } from '../db/registrations.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { findVerification, sourceOf } from '../mails/find-verification.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'

/**
 * Deletes what another person registered with the email of a mail's reader: the registration that
 * waits or, where there is an account already, the account, as long as its email is not verified.
 * Other registrations of the email stay. It needs the link, which no stranger has, and the code of
 * the same mail: robots follow links and press buttons. The code counts no try and works as long as
 * the link: it is no secret to who holds that.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used: the email was
 *   verified
 */
export async function rejectRegistration(
  auth: Auth,
  caller: Caller,
  { token, code }: EmailVerificationRejection,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  const verification = await findVerification(auth, caller, { token })
  if (!auth.mailSecrets.isCode(sourceOf(verification), code)) throw new AuthError('link_invalid')
  if (verification.kind === 'registration') await deleteRegistered(auth, caller, verification.found)
  else await deleteUser(auth, caller, verification.found)
  return {}
}

const kind = 'registration_rejected'

async function deleteRegistered({ db }: Auth, { client }: Caller, found: Registration): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await deletePendingRegistration(tx, found))) throw new AuthError('link_used')
    await insertEvent(tx, { kind, userId: null, client })
  })
}

/** What was checked before the user's row was locked is compared once more. */
async function deleteUser({ db }: Auth, { client }: Caller, token: OneTimeToken): Promise<void> {
  const { userId } = token
  await inUserTransaction(db, userId, async (tx) => {
    await findUserForUpdate(tx, userId)
    const now = await findOneTimeToken(tx, token)
    if (now === undefined || now.userEmail !== token.userEmail) throw new AuthError('link_invalid')
    if (!(await deleteUnverifiedUser(tx, userId))) throw new AuthError('link_used')
    await insertEvent(tx, { kind, userId: null, client, detail: { user_id: userId } })
  })
}
