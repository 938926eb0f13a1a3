import type { EmailChangeProof, EmailChangeResult } from '@pockitflyer/auth-protocol/schemas'
import type { Transaction } from 'kysely'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { type EmailChange, updateEmailChangeApplied } from '../db/email-changes.ts'
import { type Consent, hasOldMailboxConfirmed, updateEmailChangeConfirmed } from '../db/email-consents.ts'
import { isTakenByVersionBefore } from '../db/new-users.ts'
import { undoLifetimeSeconds } from '../db/undo-tokens.ts'
import { isEmailOfAnother, updateUserEmail } from '../db/user-emails.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { consumeToken } from '../mails/consume-token.ts'
import { findByCode, findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'
import { notify, notifyWithUndo } from '../mails/notify.ts'
import { findChangePurpose } from './check-email-change.ts'

/**
 * Confirms the change of email whose link or code is presented, and applies it; where both
 * mailboxes must agree, the consent that comes second does. Sessions go on: their next refresh
 * carries the new email. Other links that were mailed to the user are void. The old email gets a
 * notice with an undo; no other account can take it while that works. If another account has the
 * new email by now, the change and the link stay as they are.
 * @throws {AuthError} mail_off; link_invalid, also for a change that was replaced or cancelled, or
 *   whose user's password or email changed since; link_used; email_taken
 */
export async function confirmEmailChange(
  auth: Auth,
  caller: Caller,
  proof: EmailChangeProof,
): Promise<EmailChangeResult> {
  assertMailIsOn(auth)
  return (await findChangePurpose(auth, proof)) === 'undo'
    ? confirmByOldMailbox(auth, caller, proof)
    : confirmByNewMailbox(auth, caller, proof)
}

async function confirmByNewMailbox(
  auth: Auth,
  caller: Caller,
  proof: EmailChangeProof,
): Promise<EmailChangeResult> {
  const token = await findMailedToken(auth, caller, { purpose: 'confirm_change', proof })
  const { userId, id } = token
  return refuseTakenEmail(() =>
    inUserTransaction(auth.db, userId, async (tx) => {
      await findUserForUpdate(tx, userId)
      await consumeToken(tx, token)
      return consent(auth, tx, { ...caller, by: { userId, newId: id } })
    }),
  )
}

/**
 * The link alone agrees to nothing in a browser that did not ask for the change: robots follow
 * links. It stays, for it also undoes the change.
 */
async function confirmByOldMailbox(
  auth: Auth,
  caller: Caller,
  { token: link, code, browser }: EmailChangeProof,
): Promise<EmailChangeResult> {
  const purpose = 'undo'
  const token = await findMailedToken(auth, caller, { purpose, proof: { token: link } })
  const { userId, id } = token
  if (token.browserHash === null || token.browserHash !== hashBrowserSecret(browser)) {
    if (code === undefined) throw new AuthError('link_invalid')
    await findByCode(auth, caller, { purpose, of: token, proof: { code, browser } })
  }
  return refuseTakenEmail(() =>
    inUserTransaction(auth.db, userId, async (tx) => {
      await findUserForUpdate(tx, userId)
      if (await hasOldMailboxConfirmed(tx, { userId, undoId: id })) throw new AuthError('link_used')
      return consent(auth, tx, { ...caller, by: { userId, oldId: id } })
    }),
  )
}

interface GivenConsent extends Caller {
  by: Consent
}

async function consent(
  auth: Auth,
  tx: Transaction<Database>,
  { by, client }: GivenConsent,
): Promise<EmailChangeResult> {
  const { userId } = by
  const change = await updateEmailChangeConfirmed(tx, by)
  if (change === undefined) throw new AuthError('link_invalid')
  const waitsFor = findMissingConsent(change)
  if (change.needsConsents) {
    const detail = { mailbox: 'newId' in by ? 'new' : 'old' }
    await insertEvent(tx, { kind: 'email_change_consented', userId, client, detail })
  }
  if (waitsFor === undefined) {
    await apply(auth, tx, { client, userId, change })
    return {}
  }
  const isTaken = 'newId' in by && (await isEmailOfAnother(tx, { userId, key: change.newKey }))
  if (isTaken) throw new AuthError('email_taken')
  return { waits_for: waitsFor }
}

function findMissingConsent(change: EmailChange): EmailChangeResult['waits_for'] {
  if (!change.needsConsents) return undefined
  if (!change.oldHasConfirmed) return 'old_email'
  return change.newHasConfirmed ? undefined : 'new_email'
}

interface Applied extends Caller {
  userId: number
  change: EmailChange
}

async function apply(
  auth: Auth,
  tx: Transaction<Database>,
  { userId, client, change }: Applied,
): Promise<void> {
  const { id, undoId, newEmail } = change
  await updateEmailChangeApplied(tx, { userId, id })
  await notifyWithUndo(tx, auth.settings, { userId, notice: 'email_changed', client, undoId })
  const keepSeconds = undoLifetimeSeconds
  if (!(await updateUserEmail(tx, { userId, email: newEmail, keepSeconds }))) {
    throw new AuthError('email_taken')
  }
  await insertEvent(tx, { kind: 'email_changed', userId, client })
  await notify(tx, auth.settings, { userId, notice: 'email_is_new', client, toEmail: newEmail })
}

/** A server of the version before may be adding a user with this email: it knows an index alone. */
async function refuseTakenEmail<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw isTakenByVersionBefore(error) ? new AuthError('email_taken', { cause: error }) : error
  }
}
