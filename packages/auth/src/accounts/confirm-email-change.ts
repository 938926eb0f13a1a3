import type { EmailChangeProof } from '@pockitflyer/auth-protocol/schemas'
import type { Transaction } from 'kysely'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { updateEmailChangeApplied } from '../db/email-changes.ts'
import { isTakenByVersionBefore } from '../db/new-users.ts'
import { undoLifetimeSeconds } from '../db/undo-tokens.ts'
import { updateUserEmail } from '../db/user-emails.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { consumeToken } from '../mails/consume-token.ts'
import { findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'
import { notify, notifyWithUndo } from '../mails/notify.ts'

/**
 * Applies the change of email whose link or code is presented. Sessions go on: their next refresh
 * carries the new email. Other links that were mailed to the user are void. The old email gets a
 * notice with an undo; no other account can take it while that works. If another account has the
 * new email by now, the change and its link stay as they are.
 * @throws {AuthError} mail_off; link_invalid, also for a change that was replaced or cancelled, or
 *   whose user's password or email changed since; link_used; email_taken
 */
export async function confirmEmailChange(
  auth: Auth,
  caller: Caller,
  proof: EmailChangeProof,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  const token = await findMailedToken(auth, caller, { purpose: 'confirm_change', proof })
  const { userId, id } = token
  await refuseTakenEmail(() =>
    inUserTransaction(auth.db, userId, async (tx) => {
      await findUserForUpdate(tx, userId)
      await consumeToken(tx, token)
      await apply(auth, tx, { ...caller, userId, id })
    }),
  )
  return {}
}

interface Applied extends Caller {
  userId: number
  id: string
}

async function apply(auth: Auth, tx: Transaction<Database>, { userId, id, client }: Applied): Promise<void> {
  const change = await updateEmailChangeApplied(tx, { userId, id })
  if (change === undefined) throw new AuthError('link_invalid')
  const { undoId, newEmail } = change
  await notifyWithUndo(tx, auth.settings, { userId, notice: 'email_changed', client, undoId })
  const keepSeconds = undoLifetimeSeconds
  if (!(await updateUserEmail(tx, { userId, email: newEmail, keepSeconds }))) {
    throw new AuthError('email_taken')
  }
  await insertEvent(tx, { kind: 'email_changed', userId, client })
  await notify(tx, auth.settings, { userId, notice: 'email_is_new', client, toEmail: newEmail })
}

/** A server of the version before may be adding a user with this email: it knows an index alone. */
async function refuseTakenEmail(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    throw isTakenByVersionBefore(error) ? new AuthError('email_taken', { cause: error }) : error
  }
}
