import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { userColumns, type UserToAuthenticate } from '../users.ts'
import { findUserOfOneSession, type SessionOfUser, type UserOfSession } from '../users-of-sessions.ts'
import { noSession } from '../sessions.ts'
import { findUserIdByEmail } from './emails.ts'

/** No user has it: a look-up for an email without one takes the same statements. */
const noUser = 0

/** Finds the user that an email names: the email on its shard, and the user on another. */
export async function findUserByEmail(
  db: Kysely<Database>,
  email: string,
): Promise<UserToAuthenticate | undefined> {
  const id = (await findUserIdByEmail(db, email)) ?? noUser
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .select(userColumns)
    .where('u.id', '=', id)
    .executeTakeFirst()
}

/** Finds a user and their session as on PostgreSQL, one a statement. */
export async function findUserOfSession(
  db: Kysely<Database>,
  { sessionId = noSession, ...session }: SessionOfUser,
): Promise<UserOfSession | undefined> {
  const [user] = await findUserOfOneSession(db, { ...session, sessionId })
  return user
}
