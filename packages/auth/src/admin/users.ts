import type { Caller } from '../caller.ts'
import { type EmailCollision, listEmailCollisions as listCollisions } from '../db/emails.ts'
import { findUserForOperator, listUsersForOperator, type UserForOperator } from '../db/user-lists.ts'
import type { Admin } from './admin.ts'

/**
 * Lists users after `afterId` in the order of their ids, at most `limit`.
 * @example
 * const users = await listUsers(admin, operator, { afterId: 0, limit: 1000 })
 */
export async function listUsers(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  page: { afterId: number; limit: number },
): Promise<UserForOperator[]> {
  return listUsersForOperator(db, page)
}

/**
 * Finds the user that an email names, as a login does.
 * @example
 * const user = await findUser(admin, operator, { email: 'ada@example.com' })
 */
export async function findUser(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { email }: { email: string },
): Promise<UserForOperator | undefined> {
  return findUserForOperator(db, email)
}

/**
 * Lists the users whose folded email belongs to another user, in the order of their ids.
 * @example
 * const collisions = await listEmailCollisions(admin, operator)
 */
export async function listEmailCollisions(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
): Promise<EmailCollision[]> {
  return listCollisions(db)
}
