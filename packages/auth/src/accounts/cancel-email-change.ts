import type { EmailChangeCancellation } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller, Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { isEmailChangeApplied, updateEmailChangeCancelled } from '../db/email-changes.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'
import { admitWrite } from '../sessions/admit-write.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'

/**
 * Cancels the caller's open change of email; without one it does nothing. With the link of the mail
 * to the old email, `authenticate` is not called: the link is enough.
 * @throws {AuthError} mail_off; with a link: link_invalid, also when the change was applied (undo
 *   it instead); without: what `authenticate` throws, user_not_found, user_inactive, session_ended,
 *   throttled
 */
export async function cancelEmailChange(
  auth: Auth,
  caller: Caller & { authenticate(): Promise<AuthenticatedCaller> },
  { token }: EmailChangeCancellation,
): Promise<Record<string, never>> {
  const own = token === undefined ? await caller.authenticate() : undefined
  assertMailIsOn(auth)
  if (own !== undefined) await cancelOwn(auth, own)
  if (token !== undefined) await cancelByLink(auth, caller, token)
  return {}
}

async function cancelOwn(auth: Auth, { claims, client }: AuthenticatedCaller): Promise<void> {
  const { user_id: userId } = claims
  await admitWrite(auth, claims)
  await inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    const isDone = await updateEmailChangeCancelled(tx, { userId })
    if (isDone) await insertEvent(tx, { kind: 'email_change_cancelled', userId, client })
  })
}

async function cancelByLink(auth: Auth, { client }: Caller, link: string): Promise<void> {
  const token = await findMailedToken(auth, { client }, { purpose: 'undo', proof: { token: link } })
  const { userId, id: undoId } = token
  await inUserTransaction(auth.db, userId, async (tx) => {
    await findUserForUpdate(tx, userId)
    if (await updateEmailChangeCancelled(tx, { userId, undoId })) {
      return insertEvent(tx, { kind: 'email_change_cancelled', userId, client })
    }
    const isApplied = await isEmailChangeApplied(tx, { userId, undoId })
    if (isApplied !== false) throw new AuthError('link_invalid')
  })
}
