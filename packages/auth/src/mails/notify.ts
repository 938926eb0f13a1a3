import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { ClientInfo } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { insertOrMoveUndoToken } from '../db/undo-tokens.ts'
import { findRecipient } from '../db/users.ts'
import { type Notice, noticeMail } from './write-notice.ts'

/** A notice to a user. */
export interface NewNotice {
  userId: number
  notice: Notice
  /** The client that did what the mail reports. */
  client: ClientInfo
  /** Names the only mail of its kind. Default: every call mails. */
  mailId?: string
  /** Default: the user's email. */
  toEmail?: string
  /** The token that undoes what the mail reports. */
  undoId?: string
}

interface MailSwitch {
  mails: { isOn: boolean }
}

/**
 * Mails a notice to a user once the transaction commits (OWASP, "Notify Users"). Does nothing where
 * mail is off.
 */
export async function notify(
  tx: Transaction<Database>,
  { mails }: MailSwitch,
  { client, mailId = randomUUID(), ...notice }: NewNotice,
): Promise<void> {
  if (mails.isOn) await noticeMail.add(tx, { mailId, ...notice, ...client })
}

/**
 * Mails a notice with the link that undoes the change, to the email that the user has now. Call it
 * in the change's transaction, under the lock of the user's row and before the email changes.
 */
export async function notifyWithUndo(
  tx: Transaction<Database>,
  settings: MailSwitch,
  { undoId = randomUUID(), ...notice }: NewNotice,
): Promise<void> {
  const { userId, client } = notice
  const recipient = settings.mails.isOn ? await findRecipient(tx, userId) : undefined
  if (recipient === undefined) return
  const { email } = recipient
  await insertOrMoveUndoToken(tx, { userId, id: undoId, before: { email }, client })
  await notify(tx, settings, { ...notice, undoId, toEmail: email })
}
