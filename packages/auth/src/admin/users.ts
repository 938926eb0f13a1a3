import type { Caller } from '../caller.ts'
import { type EmailCollision, listEmailCollisions as listCollisions } from '../db/emails.ts'
import { findUserForOperator, listUsersForOperator, type UserForOperator } from '../db/user-lists.ts'
import type { Admin } from './admin.ts'

/** Lists users after `afterId` in the order of their ids, at most `limit`. */
export async function listUsers(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  page: { afterId: number; limit: number },
): Promise<UserForOperator[]> {
  return listUsersForOperator(db, page)
}

/** Finds the user that an email names, as a login does. */
export async function findUser(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { email }: { email: string },
): Promise<UserForOperator | undefined> {
  return findUserForOperator(db, email)
}

/** Lists the users whose folded email is another's, in the order of their ids. */
export async function listEmailCollisions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
): Promise<EmailCollision[]> {
  return listCollisions(db)
}
