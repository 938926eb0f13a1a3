import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import { randomUUID } from 'node:crypto'
import type { EmailChangeInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { renewOrInsertEmailChange } from '../db/email-changes.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findRecipient } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { AuthError } from '../errors.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'
import { emailChangeLifetimeSeconds, emailChangeMails } from '../mails/write-email-change.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'
import { assertPasswordRight, getCurrentHash, ownerOf } from './current-password.ts'

/**
 * Opens a change of the caller's email, in place of one that is open: it is applied once the new
 * email is proven and, under `EMAIL_CHANGE=both`, the mailbox of a verified old one has agreed. The
 * worker looks up whether the new email is taken, so neither the answer nor its time tells.
 * `MAILS_PER_MAILBOX` drops mails to a new email that many accounts ask for: its owner may have no
 * account. Wrong passwords count as those of a change of password do.
 * @throws {AuthError} mail_off; invalid_input with `fields.current_password` or `fields.new_email`;
 *   throttled; overloaded; user_not_found, user_inactive, session_ended
 */
export async function requestEmailChange(
  auth: Auth,
  caller: AuthenticatedCaller,
  { new_email: newEmail, current_password: password, browser }: EmailChangeInput,
): Promise<Record<string, never>> {
  const { claims, client } = caller
  const { user_id: userId } = claims
  assertMailIsOn(auth)
  const hash = await getCurrentHash(auth, claims)
  await auth.limits.passwordChanges.consume(String(userId))
  await assertPasswordRight(auth, caller, { hash, password, failure: 'email_change_failed' })
  await auth.limits.mailRequests.consume(client.ip)
  const isMailboxFull = await isOverLimit(auth, newEmail)
  await inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    const { email: oldEmail = '', isEmailVerified = false } = (await findRecipient(tx, userId)) ?? {}
    if (newEmail === oldEmail)
      throw new AuthError('invalid_input', { fields: { new_email: [fieldTexts.sameEmail] } })
    const changeId = await renewOrInsertEmailChange(tx, {
      userId,
      id: randomUUID(),
      undoId: randomUUID(),
      oldEmail,
      newEmail,
      needsConsents: auth.settings.mails.change === 'both' && isEmailVerified,
      lifetimeSeconds: emailChangeLifetimeSeconds,
    })
    await insertEvent(tx, { kind: 'email_change_requested', client, ...ownerOf(claims) })
    const browserHash = hashBrowserSecret(browser)
    await emailChangeMails.add(tx, {
      mailId: randomUUID(),
      consentMailId: randomUUID(),
      userId,
      changeId,
      browserHash,
      isMailboxFull,
      ...client,
    })
  })
  return {}
}

/** Counts a request of any account for an email. The answer does not tell that it is too many. */
async function isOverLimit({ limits }: Auth, newEmail: string): Promise<boolean> {
  try {
    await limits.mailboxes.consume(foldEmail(newEmail))
    return false
  } catch (error) {
    if (error instanceof AuthError && error.code === 'throttled') return true
    throw error
  }
}
