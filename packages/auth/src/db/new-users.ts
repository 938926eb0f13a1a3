import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { insertEmailsAndCollisionsOfUsers, hasUnfolded, toKeys } from './emails.ts'

/** A user to insert, with the profile. */
export interface NewUser {
  email: string
  passwordHash: string
  isActive: boolean
  /** Default: false. */
  isEmailVerified?: boolean
  displayName: string | undefined
  bio: string | undefined
  /** The language of mails (BCP 47). Default: that of the request that causes one. */
  language?: string | undefined
}

/** A user who was inserted, with the profile as it is stored. */
export interface InsertedUser {
  id: number
  displayName: string
  bio: string
}

/**
 * Inserts a user with the email and the profile, in one statement; returns `undefined` if the email
 * is taken. No id is given out twice: if the database is on another server or timeline than before,
 * `userIdGap` ids are left out first.
 */
export async function insertUserEmailAndProfile(
  db: Kysely<Database>,
  user: NewUser,
  userIdGap: number,
): Promise<InsertedUser | undefined> {
  let inserted = await tryInsertUser(db, user, { waitsForFolding: true })
  if (inserted.hasUnfolded || inserted.isElsewhere) {
    if (inserted.hasUnfolded) await insertEmailsAndCollisionsOfUsers(db)
    if (inserted.isElsewhere) await updateUserIdOriginAndSequence(db, userIdGap)
    inserted = await tryInsertUser(db, user, { waitsForFolding: false })
  }
  const { id, displayName, bio } = inserted
  return id === null ? undefined : { id, displayName, bio }
}

type Insertion = { hasUnfolded: boolean; isElsewhere: boolean } & (
  | InsertedUser
  | { id: null; displayName: null; bio: null }
)

/**
 * Inserts the email first: of two concurrent insertions of one email, the later waits there and
 * inserts nothing. It also inserts nothing where the exact spelling names another user. A former
 * email of another user is free once it is kept no more. Also inserts nothing where the database is
 * elsewhere, or, if asked to wait for it, while users of the version before are not folded.
 */
async function tryInsertUser(
  db: Kysely<Database>,
  user: NewUser,
  { waitsForFolding }: { waitsForFolding: boolean },
): Promise<Insertion> {
  const { typed, folded } = toKeys(user.email)
  const { rows } = await sql<Insertion>`
    with state as (
      select ${hasUnfolded} and ${waitsForFolding} as "hasUnfolded", ${isElsewhere} as "isElsewhere"
    ), drawn as (
      select nextval(pg_get_serial_sequence('users', 'id')) as id from state
      where not "hasUnfolded" and not "isElsewhere"
    ), key as (
      insert into emails (email, user_id) select ${folded}, id from drawn
      where not exists (select from emails where email = ${typed} and (kept_until is null or kept_until > now()))
      on conflict (email) do update set user_id = excluded.user_id, kept_until = null
      where emails.kept_until <= now() returning user_id
    ), added as (
      insert into users (id, email, password_hash, is_active, email_verified_at, email_is_folded, locale)
      overriding system value
      select user_id, ${user.email}, ${user.passwordHash}, ${user.isActive},
        case when ${user.isEmailVerified ?? false} then now() end, true, ${user.language ?? null} from key returning id
    ), profile as (
      insert into profiles (user_id, display_name, bio)
      select id, ${user.displayName ?? 'Anonymous User'}, ${user.bio ?? ''} from added
      returning user_id as id, display_name as "displayName", bio
    )
    select state.*, profile.* from state left join profile on true`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('PostgreSQL returned no row.')
  return row
}

/**
 * Returns whether an insertion failed because a server of the version before was adding the same
 * email: it knows only the index of its own version.
 */
export function isTakenByVersionBefore(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'users_lower_email_key'
}

const sequence = sql`pg_get_serial_sequence('users', 'id')::regclass`

/**
 * SQL for whether the database is on another server or timeline than the last one that gave out
 * ids: after a failover, a restore or a copy. The users and the sequence may then lack ids that
 * were given out.
 */
export const isElsewhere = sql<boolean>`exists (
  select from current_user_id_origin() as now (origin)
  where now.origin is not null and not exists (select from user_id_origin as o where o.origin = now.origin))`

/**
 * Moves the sequence of user ids by `gap` if the database is elsewhere, and records where it is.
 * One of several concurrent calls moves it; the others wait for its transaction. A rolled back move
 * leaves the ids out all the same.
 */
export async function updateUserIdOriginAndSequence(db: Kysely<Database>, gap: number): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((tx) => updateUserIdOriginAndSequence(tx, gap))
  await sql`select pg_advisory_xact_lock(hashtext('pockitflyer-auth user ids'))`.execute(db)
  const { last } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow() // Citus takes no distributed table beside a sequence.
  await sql`
    with moved as (
      select setval(${sequence}, ${gap} + greatest(coalesce(pg_sequence_last_value(${sequence}), 0), ${last}::bigint))
      where ${isElsewhere}
    )
    insert into user_id_origin (origin) select current_user_id_origin() from moved
    on conflict (is_only) do update set origin = excluded.origin, recorded_at = now()`.execute(db)
}

/** What an operator needs to know of user ids. */
export interface UserIdState {
  /** The id that was drawn last, 0 before the first. */
  last: number
  /** Whether PostgreSQL tells this role its system identifier and timeline. */
  isOriginKnown: boolean
}

/** Finds the state of the ids of users. */
export async function getUserIdState(db: Kysely<Database>): Promise<UserIdState> {
  const { rows } = await sql<UserIdState>`
    select greatest(coalesce(pg_sequence_last_value(${sequence}), 0), coalesce((select max(id) from users), 0)) as last,
      current_user_id_origin() is not null as "isOriginKnown"`.execute(db)
  const [state] = rows
  if (state === undefined) throw new Error('PostgreSQL returned no row.')
  return state
}
