import { randomBytes, randomUUID } from 'node:crypto'
import type { UndoInput } from '@pockitflyer/auth-protocol/schemas'
import type { Transaction } from 'kysely'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { updateEmailChangeCancelled } from '../db/email-changes.ts'
import { type OneTimeToken, updateTokenConsumed } from '../db/one-time-tokens.ts'
import { updateUserPasswordHash } from '../db/password-hashes.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { undoLifetimeSeconds, voidTokensSince } from '../db/undo-tokens.ts'
import { restoreUserEmail } from '../db/user-emails.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { findByCode, findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'
import { notify } from '../mails/notify.ts'
import { recoveryMail } from '../mails/write-recovery.ts'

/**
 * Undoes a change of email or password with the link and the code of its notice, also when an
 * attacker holds the password, the email and every session. The user gets the email back that they
 * had before the change; every session, every later undo and every other link is void; no password
 * works until one is chosen with a mail to that email. An undo of an earlier change still works.
 * The link alone is not enough: robots follow links and press buttons.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function undoChange(
  auth: Auth,
  caller: Caller,
  { token: link, code }: UndoInput,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  const purpose = 'undo'
  const found = await findMailedToken(auth, caller, { purpose, proof: { token: link } })
  const token = await findByCode(auth, caller, { purpose, of: found, proof: { code } })
  const email = await inUserTransaction(auth.db, token.userId, (tx) =>
    restore(auth, tx, { ...caller, token }),
  )
  await auth.limits.logins.clearAccount({ email, client: caller.client })
  return {}
}

/** Returns the email that the user has again. */
async function restore(
  auth: Auth,
  tx: Transaction<Database>,
  { client, token }: Caller & { token: OneTimeToken },
): Promise<string> {
  const { userId, before } = token
  await findUserForUpdate(tx, userId)
  if (!(await updateTokenConsumed(tx, token))) throw new AuthError('link_used')
  const current = await findRecipient(tx, userId)
  const email = before?.email ?? token.email
  await voidTokensSince(tx, token)
  await updateEmailChangeCancelled(tx, { userId })
  await restoreUserEmail(tx, { userId, email, keepSeconds: undoLifetimeSeconds })
  await updateUserPasswordHash(tx, { userId, passwordHash: makeUnusableHash() })
  await revokeSessionsAndInsertEvents(tx, { because: 'undo', client, userId })
  await insertEvent(tx, { kind: 'change_undone', userId, client })
  await recoveryMail.add(tx, { mailId: randomUUID(), userId, ...client })
  if (current !== undefined && current.email !== email) {
    const toEmail = current.email
    await notify(tx, auth.settings, { userId, notice: 'email_change_undone', client, toEmail })
  }
  return email
}

/** A hash that no password has, in Django's form (`make_password(None)`). */
function makeUnusableHash(): string {
  return `!${randomBytes(30).toString('base64url')}`
}
