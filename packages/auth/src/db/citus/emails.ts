import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { toKeys } from '../emails.ts'

/**
 * Finds the id of the user that an email names. The exact spelling comes first, as a key of its
 * own; an email that is typed in its folded form is one statement, any other two.
 */
export async function findUserIdByEmail(db: Kysely<Database>, email: string): Promise<number | undefined> {
  const { typed, folded } = toKeys(email)
  for (const key of new Set([typed, folded])) {
    const found = await db
      .selectFrom('emails')
      .select('user_id')
      .where('email', '=', key)
      .where('kept_until', 'is', null)
      .executeTakeFirst()
    if (found !== undefined) return found.user_id
  }
  return undefined
}

/**
 * Inserts the row of an email, or takes it back for a user who had it. The row of a former email
 * that is kept no more goes first: Citus takes no `now()` in ON CONFLICT.
 */
export async function insertOrTakeBackEmail(
  tx: Transaction<Database>,
  userId: number,
  key: string,
): Promise<boolean> {
  await deleteOverEmail(tx, key)
  const { rows } = await sql`
    insert into emails (email, user_id) values (${key}, ${userId})
    on conflict (email) do update set user_id = excluded.user_id, kept_until = null
    where emails.user_id = excluded.user_id returning email`.execute(tx)
  return rows.length > 0
}

/** Deletes the row of a former email that is kept no more. Returns whether there was one. */
export async function deleteOverEmail(tx: Kysely<Database>, key: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('emails')
    .where('email', '=', key)
    .where('kept_until', '<=', sql<Date>`now()`)
    .returning('email')
    .executeTakeFirst()
  return deleted !== undefined
}

/** Inserts the row of an email, unless there is one. Returns whether it did. */
export async function insertEmail(
  tx: Kysely<Database>,
  { email, userId }: { email: string; userId: number },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('emails')
    .values({ email, user_id: userId })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('email')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Most users that one call looks at. */
const batchSize = 1000

/**
 * Inserts the rows in `emails` of users that an import added, a transaction for each user, whose
 * row it locks. Returns how many users there were, 1000 at most.
 */
export async function insertEmailsAndCollisionsOfUsers(db: Kysely<Database>): Promise<number> {
  const users = await db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email_is_folded', '=', false)
    .orderBy('id')
    .limit(batchSize)
    .execute()
  for (const user of users) {
    await (db.isTransaction ? fold(db, user) : db.transaction().execute((tx) => fold(tx, user)))
  }
  return users.length
}

async function fold(tx: Kysely<Database>, { id, email }: { id: number; email: string }): Promise<void> {
  const folded = await tx
    .updateTable('users')
    .set({ email_is_folded: true })
    .where('id', '=', id)
    .where('email_is_folded', '=', false)
    .returning('id')
    .executeTakeFirst()
  if (folded === undefined) return
  const key = toKeys(email).folded
  if (await insertEmail(tx, { email: key, userId: id })) return
  await tx
    .insertInto('email_collisions')
    .values({ user_id: id, email: key })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  if (email !== key) await insertEmail(tx, { email, userId: id })
}
