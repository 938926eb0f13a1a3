import { type Kysely, sql } from 'kysely'
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

/** Which users to list. */
export interface UserFilter {
  /** In the order of their ids, the first after this one. */
  afterId?: number | undefined
  /** What the email or the display name contains, in any case. Reads every user. */
  text?: string | undefined
  /** Default: by id. Every other order reads every user. */
  order?: UserOrder | undefined
  limit: number
}

/** `newest`: added last. `last-login`: logged in last. */
export const userOrders = ['id', 'newest', 'last-login'] as const

/** One of these orders. */
export type UserOrder = (typeof userOrders)[number]

const orders = {
  id: sql`u.id`,
  newest: sql`u.created_at desc, u.id desc`,
  'last-login': sql`u.last_login_at desc nulls last, u.id desc`,
}

/** Lists users, at most `limit`. */
export async function listUsersForOperator(
  db: Kysely<Database>,
  { afterId = 0, text, order = 'id', limit }: UserFilter,
): Promise<UserForOperator[]> {
  const pattern = text === undefined ? undefined : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return selectUserRecords(db)
    .where('u.id', '>', afterId)
    .$if(pattern !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('u.email', 'ilike', pattern ?? ''), eb('p.display_name', 'ilike', pattern ?? '')]),
      ),
    )
    .orderBy(orders[order])
    .limit(limit)
    .execute()
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
