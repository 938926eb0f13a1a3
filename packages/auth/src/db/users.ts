import { type Kysely, type NotNull, sql, type Transaction } from 'kysely'
import { isUnended } from './live.ts'
import type { Database } from './database.ts'
import { undeliveredSince } from './deliveries.ts'
import { type EmailKeys, foldNewEmails, hasUnfolded, toKeys, userIdOf } from './emails.ts'
import { batched } from './postgres/batched.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'

/** What a login must know of a user. */
export interface UserToAuthenticate {
  id: number
  email: string
  passwordHash: string
  passwordChangedAt: Date
  isActive: boolean
  displayName: string
  bio: string
}

/**
 * Finds the user whom an email names, whatever the case of its ASCII letters and the spelling of
 * its domain. One statement, except after a server of the version before added a user.
 */
export async function findUserByEmail(
  db: Kysely<Database>,
  email: string,
): Promise<UserToAuthenticate | undefined> {
  const keys = toKeys(email)
  let [found] = await usersByEmail(db, keys)
  if (found?.hasUnfolded) {
    await foldNewEmails(db)
    ;[found] = await usersByEmail(db, keys)
  }
  if (found === undefined || found.id === null) return undefined
  const { hasUnfolded: _, ...user } = found
  return { ...user, id: found.id }
}

/** Returns a row without a user too, since that says whether `emails` may lack the user. */
const usersByEmail = compiledQuery((db, keys: Placeholders<EmailKeys>) =>
  db
    .selectFrom(sql<{ hasUnfolded: boolean }>`(select ${hasUnfolded} as "hasUnfolded")`.as('state'))
    .leftJoin('users as u', (join) => join.on('u.id', '=', userIdOf(keys)))
    .leftJoin('profiles as p', 'p.user_id', 'u.id')
    .select(['state.hasUnfolded', 'u.id', 'u.email', 'u.password_hash as passwordHash'])
    .select('u.password_changed_at as passwordChangedAt')
    .select(['u.is_active as isActive', 'p.display_name as displayName', 'p.bio'])
    .$narrowType<{
      email: NotNull
      passwordHash: NotNull
      passwordChangedAt: NotNull
      isActive: NotNull
      displayName: NotNull
      bio: NotNull
    }>(),
)

/** What `me` must know: the user, and whether the session that the access token names is live. */
export interface UserOfSession {
  id: number
  email: string
  isActive: boolean
  displayName: string
  bio: string
  hasLiveSession: boolean
  generation: number | null
  undeliveredSince: Date | null
  /** When all of the user's sessions were ended last. */
  sessionsEndedAt: Date | null
}

/** Whom `me` asks for. Without `sessionId` no session is looked at. */
interface SessionOfUser {
  userId: number
  sessionId: string | undefined
  leewaySeconds: number
}

/**
 * Finds a user and, when `sessionId` is given, tells whether that session is theirs and live. It is
 * what every request with an access token asks first: under load a statement answers several of
 * them, which halves what each costs.
 */
export const findUserOfSession = batched(
  (db, requested: readonly SessionOfUser[]): Promise<(UserOfSession & { ordinality: number })[]> =>
    usersOfSessions(db, {
      userIds: requested.map(({ userId }) => userId),
      sessionIds: requested.map(({ sessionId }) => sessionId ?? null),
      leeways: requested.map(({ leewaySeconds }) => leewaySeconds),
    }),
  ({ userId, sessionId, leewaySeconds }) => `${userId} ${sessionId} ${leewaySeconds}`,
)

/**
 * The limit makes PostgreSQL look each user up by index: without it, it reads the whole of a small
 * table.
 */
const usersOfSessions = compiledQuery(
  (
    db,
    {
      userIds,
      sessionIds,
      leeways,
    }: Placeholders<{ userIds: number[]; sessionIds: (string | null)[]; leeways: number[] }>,
  ) =>
    db
      .selectFrom(
        sql<Requested>`unnest(${userIds}::bigint[], ${sessionIds}::uuid[], ${leeways}::float8[]) with ordinality`.as<'requested'>(
          sql`requested (user_id, session_id, leeway, ordinality)`,
        ),
      )
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom('users as u')
            .innerJoin('profiles as p', 'p.user_id', 'u.id')
            .leftJoin('sessions as s', (join) =>
              join
                .onRef('s.id', '=', 'requested.session_id')
                .onRef('s.user_id', '=', 'u.id')
                .on(isUnended(sql.ref('requested.leeway'))),
            )
            .select(['u.id', 'u.email', 'u.is_active as isActive', 'p.display_name as displayName', 'p.bio'])
            .select('u.sessions_ended_at as sessionsEndedAt')
            .select([sql<boolean>`s.id is not null`.as('hasLiveSession'), 's.generation', undeliveredSince])
            .whereRef('u.id', '=', 'requested.user_id')
            .limit(1)
            .as('found'),
        (join) => join.onTrue(),
      )
      .select('requested.ordinality')
      .selectAll('found'),
)

interface Requested {
  user_id: number
  session_id: string | null
  leeway: number
  ordinality: number
}

/** Tells whether there is such a user, active or not. */
export async function isUserThere(db: Kysely<Database>, userId: number): Promise<boolean> {
  const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst()
  return user !== undefined
}

/** A user as an operator sees it. */
export interface UserRecord {
  id: number
  email: string
  displayName: string
  bio: string
  isActive: boolean
  createdAt: Date
  lastLoginAt: Date | null
}

function selectUserRecords(db: Kysely<Database>) {
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .select(['u.id', 'u.email', 'p.display_name as displayName', 'p.bio', 'u.is_active as isActive'])
    .select(['u.created_at as createdAt', 'u.last_login_at as lastLoginAt'])
}

/** Every user after `afterId` in the order of their ids, at most `limit`. */
export async function listUsers(
  db: Kysely<Database>,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<UserRecord[]> {
  return selectUserRecords(db).where('u.id', '>', afterId).orderBy('u.id').limit(limit).execute()
}

/** Finds the record of the user whom an email names, as `findUserByEmail` does. */
export async function findUserRecord(db: Kysely<Database>, email: string): Promise<UserRecord | undefined> {
  await foldNewEmails(db)
  return selectUserRecords(db)
    .where('u.id', '=', userIdOf(toKeys(email)))
    .executeTakeFirst()
}

/** Sets whether a user may log in. Returns whose row changed: none when it was so already. */
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

/** Replaces a user's password hash. */
export async function updatePasswordHash(
  tx: Transaction<Database>,
  { userId, passwordHash }: { userId: number; passwordHash: string },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: passwordHash, password_changed_at: sql`now()`, sessions_ended_at: sql`now()` })
    .where('id', '=', userId)
    .execute()
}
