import type { Caller } from '../caller.ts'
import { type EmailCollision, listEmailCollisions as listCollisions } from '../db/emails.ts'
import {
  findUserForOperator,
  listUsersForOperator,
  type UserFilter,
  type UserForOperator,
} from '../db/user-lists.ts'
import type { Admin } from './admin.ts'

/**
 * Lists users, at most `limit`: by id and after `afterId`, or the newest, or those who logged in
 * last; all, or those whose email or display name contains a text.
 * @example
 * const users = await listUsers(admin, operator, { afterId: 0, limit: 1000 })
 * const [newest] = await listUsers(admin, operator, { order: 'newest', limit: 1 })
 */
export async function listUsers(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  filter: UserFilter,
): Promise<UserForOperator[]> {
  return listUsersForOperator(db, filter)
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
