import type { Kysely } from 'kysely'
import type { Database } from './database.ts'
import { insertEmailsAndCollisionsOfUsers } from './by-engine.ts'
import { toKeys, userIdOf } from './emails.ts'

/** A user as an operator sees it. */
export interface UserForOperator {
  id: number
  email: string
  displayName: string
  bio: string
  isActive: boolean
  createdAt: Date
  lastLoginAt: Date | null
  /** When the user proved to read the email; null: never. */
  emailVerifiedAt: Date | null
}

function selectUserRecords(db: Kysely<Database>) {
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .select(['u.id', 'u.email', 'p.display_name as displayName', 'p.bio', 'u.is_active as isActive'])
    .select(['u.created_at as createdAt', 'u.last_login_at as lastLoginAt'])
    .select('u.email_verified_at as emailVerifiedAt')
}

/** Lists users after `afterId` in the order of their ids, at most `limit`. */
export async function listUsersForOperator(
  db: Kysely<Database>,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<UserForOperator[]> {
  return selectUserRecords(db).where('u.id', '>', afterId).orderBy('u.id').limit(limit).execute()
}

/** Finds the user that an email names, as `findUserByEmail` does. */
export async function findUserForOperator(
  db: Kysely<Database>,
  email: string,
): Promise<UserForOperator | undefined> {
  await insertEmailsAndCollisionsOfUsers(db)
  return selectUserRecords(db)
    .where('u.id', '=', userIdOf(toKeys(email)))
    .executeTakeFirst()
}
