import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { insertOrTakeBackEmail } from './by-engine.ts'
import { toKeys } from './emails.ts'

/** Another email for a user. */
export interface NewUserEmail {
  userId: number
  /** As the user typed it. */
  email: string
  /** For how many seconds no other account can take the email before it. */
  keepSeconds: number
}

/**
 * Gives a user another email, which they proved to read. Returns false if another account has it or
 * had it until lately: roll the transaction back then. The caller holds the lock of the user's row.
 */
export async function updateUserEmail(tx: Transaction<Database>, change: NewUserEmail): Promise<boolean> {
  const { typed, folded } = toKeys(change.email)
  if (await isEmailOfAnother(tx, { userId: change.userId, key: typed })) return false
  if (!(await insertOrTakeBackEmail(tx, change.userId, folded))) return false
  await updateUser(tx, change, folded)
  await tx.deleteFrom('email_collisions').where('user_id', '=', change.userId).execute()
  return true
}

/**
 * Gives a user a former email back. It cannot be taken: it is kept as long as an undo works. A user
 * whose folded email is another's gets the exact spelling back, which names them alone.
 */
export async function restoreUserEmail(tx: Transaction<Database>, change: NewUserEmail): Promise<void> {
  const { userId, email } = change
  const { folded } = toKeys(email)
  const isOwner = await insertOrTakeBackEmail(tx, userId, folded)
  const spelling = isOwner ? folded : email
  if (!isOwner) {
    if (email !== folded) await insertOrTakeBackEmail(tx, userId, email)
    await sql`insert into email_collisions (user_id, email) values (${userId}, ${folded}) on conflict do nothing`.execute(
      tx,
    )
  }
  await updateUser(tx, change, spelling)
}

async function updateUser(
  tx: Transaction<Database>,
  { userId, email, keepSeconds }: NewUserEmail,
  key: string,
): Promise<void> {
  await tx
    .updateTable('emails')
    .set({ kept_until: sql`now() + make_interval(secs => ${keepSeconds})` })
    .where('user_id', '=', userId)
    .where('email', '!=', key)
    .where('kept_until', 'is', null)
    .execute()
  await tx
    .updateTable('users')
    .set({ email, email_is_folded: true, email_verified_at: sql`now()` })
    .where('id', '=', userId)
    .execute()
}

/** Returns whether an email is, or was until lately, that of another user. */
export async function isEmailOfAnother(
  db: Kysely<Database>,
  { userId, key }: { userId: number; key: string },
): Promise<boolean> {
  const other = await db
    .selectFrom('emails')
    .select('email')
    .where('email', '=', key)
    .where('user_id', '!=', userId)
    .where(sql<boolean>`(kept_until is null or kept_until > now())`)
    .executeTakeFirst()
  return other !== undefined
}

/** Finds until when an email is kept for the user who gave it up; `undefined`: it is not. */
export async function findKeptUntil(db: Kysely<Database>, key: string): Promise<Date | undefined> {
  const kept = await db
    .selectFrom('emails')
    .select('kept_until')
    .where('email', '=', key)
    .where('kept_until', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return kept?.kept_until ?? undefined
}
