import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import { type Client, insertEvent } from '../db/events.ts'
import { type InsertedUser, insertUser, type NewUser } from '../db/users.ts'

/** Inserts a user and the profile, with the event; `undefined` when the email is taken. */
export async function insertAccount(
  tx: Transaction<Database>,
  user: NewUser,
  client: Client,
): Promise<InsertedUser | undefined> {
  const inserted = await insertUser(tx, user)
  if (inserted !== undefined) await insertEvent(tx, { kind: 'user_added', userId: inserted.id, client })
  return inserted
}
