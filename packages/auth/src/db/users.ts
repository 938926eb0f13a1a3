import { type Kysely, type NotNull, type QueryCreator, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { type EmailKeys, insertEmailsAndCollisionsOfUsers, hasUnfolded, toKeys, userIdOf } from './emails.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { isEmailVerified } from './sessions.ts'

/** What a login needs to know of a user. */
export interface UserToAuthenticate {
  id: number
  email: string
  passwordHash: string
  passwordChangedAt: Date
  isActive: boolean
  isEmailVerified: boolean
  displayName: string
  bio: string
}

/**
 * Finds the user that an email names, in any case of its ASCII letters and any spelling of its
 * domain. One statement, unless a server of the version before has just added a user.
 */
export async function findUserByEmail(
  db: Kysely<Database>,
  email: string,
): Promise<UserToAuthenticate | undefined> {
  const keys = toKeys(email)
  let [found] = await usersByEmail(db, keys)
  if (found?.hasUnfolded) {
    await insertEmailsAndCollisionsOfUsers(db)
    ;[found] = await usersByEmail(db, keys)
  }
  return found && toUser(found)
}

const usersByEmail = compiledQuery(selectUserByEmail)

type FoundUser = Omit<UserToAuthenticate, 'id'> & { id: number | null; hasUnfolded: boolean }

/** Returns the user of a row of `selectUserByEmail`; `undefined` for none. */
export function toUser(found: FoundUser): UserToAuthenticate | undefined {
  const { hasUnfolded: _, id, ...user } = found
  return id === null ? undefined : { ...user, id }
}

/** The columns of a `UserToAuthenticate` from `users as u` and `profiles as p`. */
export const userColumns = [
  'u.id',
  'u.email',
  'u.password_hash as passwordHash',
  'u.password_changed_at as passwordChangedAt',
  'u.is_active as isActive',
  'p.display_name as displayName',
  'p.bio',
  isEmailVerified,
] as const

/** Selects a row for no user too: it says whether `emails` may lack the user. */
export function selectUserByEmail(db: QueryCreator<Database>, keys: Placeholders<EmailKeys>) {
  return db
    .selectFrom(sql<{ hasUnfolded: boolean }>`(select ${hasUnfolded} as "hasUnfolded")`.as('state'))
    .leftJoin('users as u', (join) => join.on('u.id', '=', userIdOf(keys)))
    .leftJoin('profiles as p', 'p.user_id', 'u.id')
    .select('state.hasUnfolded')
    .select(userColumns)
    .$narrowType<{
      email: NotNull
      passwordHash: NotNull
      passwordChangedAt: NotNull
      isActive: NotNull
      displayName: NotNull
      bio: NotNull
    }>()
}

/** Returns whether the user exists, active or not. */
export async function isUserThere(db: Kysely<Database>, userId: number): Promise<boolean> {
  const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst()
  return user !== undefined
}

/** Sets whether a user may log in. Returns the changed row; `undefined` if it was so already. */
export async function updateUserActive(
  tx: Transaction<Database>,
  { userId, isActive }: { userId: number; isActive: boolean },
): Promise<{ id: number } | undefined> {
  return tx
    .updateTable('users')
    .set({ is_active: isActive, ...(isActive ? {} : { sessions_ended_at: sql`now()` }) })
    .where('id', '=', userId)
    .where('is_active', '!=', isActive)
    .returning('id')
    .executeTakeFirst()
}

/**
 * Finds a user and locks the row until the transaction ends: logins and changes of this user wait.
 */
export async function findUserForUpdate(
  tx: Transaction<Database>,
  userId: number,
): Promise<{ isActive: boolean; sessionsEndedAt: Date | null } | undefined> {
  return tx
    .selectFrom('users')
    .select(['is_active as isActive', 'sessions_ended_at as sessionsEndedAt'])
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Finds where to mail a user, and how to address them. */
export async function findRecipient(
  db: Kysely<Database>,
  userId: number,
): Promise<{ email: string; displayName: string; isEmailVerified: boolean } | undefined> {
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .select(['u.email', 'p.display_name as displayName', isEmailVerified])
    .where('u.id', '=', userId)
    .executeTakeFirst()
}

/**
 * Records that the user proved to read their email. Returns false if that is on record already.
 */
export async function updateEmailVerified(tx: Transaction<Database>, userId: number): Promise<boolean> {
  const verified = await tx
    .updateTable('users')
    .set({ email_verified_at: sql`now()` })
    .where('id', '=', userId)
    .where('email_verified_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return verified !== undefined
}

/** Revokes the tokens without a session, which the Django service issued before now. */
export async function revokeTokensIssuedBefore(tx: Transaction<Database>, userId: number): Promise<void> {
  await tx.updateTable('users').set({ sessions_ended_at: sql`now()` }).where('id', '=', userId).execute()
}
