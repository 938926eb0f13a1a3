import type { Transaction } from 'kysely'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { updateEmailChangeCancelled } from '../db/email-changes.ts'
import { voidTokens } from '../db/undo-tokens.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { findUserForUpdate } from '../db/users.ts'
import type { Admin } from './admin.ts'

/**
 * Voids every mailed link and code of a user, undos too, and cancels an open change of email: for
 * an account whose attacker read its mails. Sessions and the password stay. Returns how many links.
 * @example
 * const count = await voidLinks(admin, operator, { userId: 42 })
 */
export async function voidLinks(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId }: { userId: number },
): Promise<number> {
  return inUserTransaction(db, userId, async (tx) => {
    await findUserForUpdate(tx, userId)
    const count = await voidEveryLink(tx, userId)
    if (count > 0) await insertEvent(tx, { kind: 'links_voided', userId, client, detail: { count } })
    return count
  })
}

/** Does so in a transaction that holds the lock of the user's row. */
export async function voidEveryLink(tx: Transaction<Database>, userId: number): Promise<number> {
  const count = await voidTokens(tx, userId)
  await updateEmailChangeCancelled(tx, { userId })
  return count
}
