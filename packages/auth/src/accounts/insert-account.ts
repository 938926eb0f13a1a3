import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import { type ClientInfo, insertEvent } from '../db/auth-events.ts'
import { insertUserEmailAndProfile } from '../db/by-engine.ts'
import { type InsertedUser, isTakenByVersionBefore, type NewUser } from '../db/new-users.ts'

/** What a new account needs besides the user. */
interface Insertion {
  client: ClientInfo
  /** How many user ids are left out after a failover or a restore. */
  userIdGap: number
}

/**
 * Inserts a user with the email and the profile, and the event. Returns `undefined` if the email is
 * taken.
 */
export async function insertAccount(
  tx: Transaction<Database>,
  user: NewUser,
  { client, userIdGap }: Insertion,
): Promise<InsertedUser | undefined> {
  const inserted = await insertUserEmailAndProfile(tx, { ...user, language: client.language }, userIdGap)
  if (inserted !== undefined) await insertEvent(tx, { kind: 'user_added', userId: inserted.id, client })
  return inserted
}

/**
 * Inserts an account in a transaction of its own. Returns `undefined` also if a server of the
 * version before took the email meanwhile.
 */
export async function insertInTransaction<Result>(
  db: Kysely<Database>,
  insert: (tx: Transaction<Database>) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  try {
    return await db.transaction().execute(insert)
  } catch (error) {
    if (isTakenByVersionBefore(error)) return undefined
    throw error
  }
}
