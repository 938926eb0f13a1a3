import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { changeColumns, type EmailChange, isInTime, isOfPassword, isOpen } from './email-changes.ts'

/** A mailbox that agrees to a change: the id is that of the token which was mailed to it. */
export type Consent = { userId: number } & ({ newId: string } | { oldId: string })

/**
 * Notes that a mailbox agrees to a change, and returns the change as it is then. Returns
 * `undefined` if it is not open, or void because the user's password, email or activity changed; of
 * the old mailbox, also if it has agreed or need not. The caller holds the lock of the user's row.
 */
export async function updateEmailChangeConfirmed(
  tx: Transaction<Database>,
  consent: Consent,
): Promise<EmailChange | undefined> {
  const { userId } = consent
  const now = sql<Date>`now()`
  const changes = tx
    .updateTable('email_changes')
    .where('user_id', '=', userId)
    .where(isOpen)
    .where(isInTime)
    .where(isOfPassword(userId))
    .returning(changeColumns)
  const confirmed =
    'newId' in consent
      ? changes.set({ new_confirmed_at: now }).where('id', '=', consent.newId)
      : changes
          .set({ old_confirmed_at: now })
          .where('undo_id', '=', consent.oldId)
          .where('needs_consents', '=', true)
          .where('old_confirmed_at', 'is', null)
          .where(isOfActiveUser(userId))
  return confirmed.executeTakeFirst()
}

const isOfActiveUser = (userId: number) =>
  sql<boolean>`exists (
    select from users u where u.id = ${userId} and u.is_active and u.email = email_changes.old_email)`

/** Returns whether the old mailbox agreed to a change that is open or was applied. */
export async function hasOldMailboxConfirmed(
  db: Kysely<Database>,
  { userId, undoId }: { userId: number; undoId: string },
): Promise<boolean> {
  const change = await db
    .selectFrom('email_changes')
    .select('id')
    .where('user_id', '=', userId)
    .where('undo_id', '=', undoId)
    .where('old_confirmed_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return change !== undefined
}
