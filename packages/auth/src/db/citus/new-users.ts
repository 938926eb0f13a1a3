import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { toKeys } from '../emails.ts'
import { type InsertedUser, isElsewhere, type NewUser, updateUserIdOriginAndSequence } from '../new-users.ts'
import { deleteOverEmail, findUserIdByEmail, insertEmail } from './emails.ts'
import { inTransaction } from './transaction.ts'

/**
 * Inserts a user with the email and the profile as on PostgreSQL, in one transaction of several
 * statements. The email and the user may lie on two workers: Citus then commits in two phases.
 */
export async function insertUserEmailAndProfile(
  db: Kysely<Database>,
  user: NewUser,
  userIdGap: number,
): Promise<InsertedUser | undefined> {
  return inTransaction(db, async (tx) => {
    const id = await drawId(tx, userIdGap)
    if ((await findUserIdByEmail(tx, user.email)) !== undefined) return undefined
    if (!(await claimEmail(tx, { email: toKeys(user.email).folded, userId: id }))) return undefined
    return insertUserAndProfile(tx, id, user)
  })
}

/** The coordinator has the sequence; it draws no id while the database is elsewhere. */
async function drawId(tx: Kysely<Database>, userIdGap: number): Promise<number> {
  const draw = sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('users', 'id')) as id where not ${isElsewhere}`
  const [drawn] = (await draw.execute(tx)).rows
  if (drawn !== undefined) return drawn.id
  await updateUserIdOriginAndSequence(tx, userIdGap)
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('users', 'id')) as id`.execute(tx)
  if (rows[0] === undefined) throw new Error('PostgreSQL returned no row.')
  return rows[0].id
}

/** Of two concurrent insertions of one email, the later waits here and inserts nothing. */
async function claimEmail(tx: Kysely<Database>, row: { email: string; userId: number }): Promise<boolean> {
  if (await insertEmail(tx, row)) return true
  return (await deleteOverEmail(tx, row.email)) && (await insertEmail(tx, row))
}

async function insertUserAndProfile(tx: Kysely<Database>, id: number, user: NewUser): Promise<InsertedUser> {
  const verifiedAt = user.isEmailVerified ? sql`now()` : null
  await sql`
    insert into users (id, email, password_hash, is_active, email_verified_at, email_is_folded, locale)
    overriding system value
    values (${id}, ${user.email}, ${user.passwordHash}, ${user.isActive}, ${verifiedAt}, true, ${user.language ?? null})`.execute(
    tx,
  )
  return tx
    .insertInto('profiles')
    .values({ user_id: id, display_name: user.displayName ?? 'Anonymous User', bio: user.bio ?? '' })
    .returning(['user_id as id', 'display_name as displayName', 'bio'])
    .executeTakeFirstOrThrow()
}
