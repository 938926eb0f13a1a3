import { type Kysely, type NotNull, type QueryCreator, sql, type Transaction } from 'kysely'
import { isEmailVerified, isUnended, noSession, undeliveredSince } from './sessions.ts'
import type { Database } from './database.ts'
import { type EmailKeys, insertEmailsAndCollisionsOfUsers, hasUnfolded, toKeys, userIdOf } from './emails.ts'
import { batched } from './postgres/batched.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { requestedRows } from './postgres/requested-rows.ts'

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

/** What `me` needs to know: the user, and whether the session of the access token is live. */
export interface UserOfSession {
  id: number
  email: string
  isActive: boolean
  isEmailVerified: boolean
  displayName: string
  bio: string
  hasLiveSession: boolean
  generation: number | null
  undeliveredSince: Date | null
  /** When all sessions of the user were last revoked. */
  sessionsEndedAt: Date | null
}

/**
 * The user and session of an access token. Without `sessionId` the statement looks at no session.
 */
export interface SessionOfUser {
  userId: number
  sessionId: string | undefined
  leewaySeconds: number
}

const requested = requestedRows<SessionOfUser>()({
  user_id: ['bigint', ({ userId }) => userId],
  session_id: ['uuid', ({ sessionId }) => sessionId ?? noSession],
  leeway: ['float8', ({ leewaySeconds }) => leewaySeconds],
})

/**
 * Finds a user and, if `sessionId` is given, whether that session is theirs and live. Every request
 * with an access token asks this first. Under load one statement answers several requests, which
 * halves the cost of each.
 */
export const findUserOfSession = batched(
  (db, sessions: readonly SessionOfUser[]): Promise<(UserOfSession & { ordinality: number })[]> => {
    const [session, ...others] = sessions
    return session !== undefined && others.length === 0
      ? findUserOfOneSession(db, { ...session, sessionId: session.sessionId ?? noSession })
      : findUsersOfSessions(db, requested.toValues(sessions))
  },
  ({ userId, sessionId, leewaySeconds }) => `${userId} ${sessionId} ${leewaySeconds}`,
)

/** PostgreSQL answers it 12 % sooner than the statement for several with one key. */
export const findUserOfOneSession = compiledQuery((db, values: Placeholders<SessionValues>) =>
  selectUserOfSession(db, values).select(sql<number>`1`.as('ordinality')),
)

/**
 * The limit makes PostgreSQL look up each user by index; otherwise it reads the whole of a small
 * table.
 */
const findUsersOfSessions = compiledQuery((db) =>
  db
    .selectFrom(requested.table)
    .innerJoinLateral(
      () =>
        selectUserOfSession(db, {
          userId: sql.ref('requested.user_id'),
          sessionId: sql.ref('requested.session_id'),
          leewaySeconds: sql.ref('requested.leeway'),
        })
          .limit(1)
          .as('found'),
      (join) => join.onTrue(),
    )
    .select('requested.ordinality')
    .selectAll('found'),
)

interface SessionValues {
  userId: number
  sessionId: string
  leewaySeconds: number
}

function selectUserOfSession(db: Kysely<Database>, values: Placeholders<SessionValues>) {
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .leftJoin('sessions as s', (join) =>
      join
        .on('s.id', '=', values.sessionId)
        .onRef('s.user_id', '=', 'u.id')
        .on(isUnended(values.leewaySeconds)),
    )
    .select(['u.id', 'u.email', 'u.is_active as isActive', 'p.display_name as displayName', 'p.bio'])
    .select(['u.sessions_ended_at as sessionsEndedAt', isEmailVerified])
    .select([sql<boolean>`s.id is not null`.as('hasLiveSession'), 's.generation', undeliveredSince])
    .where('u.id', '=', values.userId)
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
