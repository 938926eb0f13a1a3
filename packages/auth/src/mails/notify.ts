import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { ClientInfo } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { type Notice, noticeMail } from './write-notice.ts'

/** A notice to a user. */
export interface NewNotice {
  userId: number
  notice: Notice
  /** The client that did what the mail reports. */
  client: ClientInfo
  /** Names the only mail of its kind. Default: every call mails. */
  mailId?: string
}

/**
 * Mails a notice to a user once the transaction commits (OWASP, "Notify Users"). Does nothing where
 * mail is off.
 */
export async function notify(
  tx: Transaction<Database>,
  { mails }: { mails: { isOn: boolean } },
  { client, mailId = randomUUID(), ...notice }: NewNotice,
): Promise<void> {
  if (mails.isOn) await noticeMail.add(tx, { mailId, ...notice, ...client })
}
