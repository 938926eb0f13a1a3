import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { writeForDjango } from './leadership.ts'

/**
 * A user of a Django service: the one shape that import, follow, export and status share. Times are
 * ISO 8601 in UTC to the microsecond.
 */
export interface ImportedUser {
  /** Kept: tokens name it. */
  id: number
  /** As typed; empty: none. */
  email: string
  /** As Django stores it. */
  passwordHash: string
  isActive: boolean
  /** `staff`, `superuser` and `group:NAME`, sorted. */
  roles: string[]
  /** null: unknown. */
  joinedAt: string | null
  /** null: never, or unknown. */
  lastLoginAt: string | null
  /** null: Django does not tell. */
  isEmailVerified: boolean | null
  /** null: Django has no place for it. */
  displayName: string | null
  /** null: Django has no place for it. */
  bio: string | null
}

/** A user with the digest of the row, which is kept. */
export interface DigestedUser extends ImportedUser {
  digest: string
}

/**
 * Lets imports of several processes wait for one another, until the transaction is over.
 * @throws {LeaderError} this service took over from Django
 */
export async function lockImports(tx: Transaction<Database>): Promise<void> {
  await writeForDjango(tx)
  await queueImports(tx)
}

/** Lets imports of several processes wait for one another, under either leader. */
export async function queueImports(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('pockitflyer-auth django import'))`.execute(tx)
}

/** What was imported or exported last of a user, and what the user has now. */
export interface KnownUser {
  id: number
  digest: string
  /** null: the user is gone here, and Django has not deleted the user. */
  email: string | null
  isActive: boolean | null
}

/** Finds those of some users whom Django is known to have. */
export async function findImported(
  tx: Transaction<Database>,
  ids: readonly number[],
): Promise<Map<number, KnownUser>> {
  const rows = await tx
    .selectFrom('django_users as d')
    .leftJoin('users as u', 'u.id', 'd.user_id')
    .select(['d.user_id as id', 'd.digest', 'u.email', 'u.is_active as isActive'])
    .where(sql<boolean>`d.user_id = any(${ids}::bigint[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

const columns = sql`
  id bigint, email text, "passwordHash" text, "isActive" boolean, roles text[], "joinedAt" timestamptz,
  "lastLoginAt" timestamptz, "isEmailVerified" boolean, "displayName" text, bio text, digest text`

const given = (users: readonly DigestedUser[]): RawBuilder<unknown> =>
  sql`given as (select * from json_to_recordset(${JSON.stringify(users)}::json) as given (${columns}))`

/**
 * Inserts users with their profiles, but not their rows in `emails`. An email that Django verified
 * counts as verified since the user joined.
 * @throws PostgreSQL's unique violation (23505): a user is here who was not imported
 */
export async function insertImportedUsers(
  tx: Transaction<Database>,
  users: readonly DigestedUser[],
): Promise<void> {
  await sql`
    with ${given(users)}, added as (
      insert into users (id, email, password_hash, is_active, roles, created_at, last_login_at, password_changed_at,
        email_verified_at, email_is_folded)
      overriding system value
      select id, email, "passwordHash", "isActive", roles, coalesce("joinedAt", now()), "lastLoginAt",
        coalesce("joinedAt", now()), case when "isEmailVerified" then coalesce("joinedAt", now()) end, true
      from given
    ), described as (
      insert into profiles (user_id, display_name, bio)
      select id, coalesce("displayName", 'Anonymous User'), coalesce(bio, '') from given
    )
    insert into django_users (user_id, digest) select id, digest from given
    on conflict (user_id) do update set digest = excluded.digest, problem = null`.execute(tx)
}

/**
 * Updates users who were imported before, but not their rows in `emails`. A login here that is
 * later than the last one there stays.
 */
export async function updateImportedUsers(
  tx: Transaction<Database>,
  users: readonly DigestedUser[],
): Promise<void> {
  await sql`
    with ${given(users)}, changed as (
      update users as u set email = given.email, password_hash = "passwordHash", is_active = "isActive",
        roles = given.roles, created_at = coalesce("joinedAt", u.created_at),
        last_login_at = greatest(u.last_login_at, "lastLoginAt"),
        sessions_ended_at = case when u.is_active and not "isActive" then now() else u.sessions_ended_at end,
        email_verified_at = case when coalesce("isEmailVerified", u.email = given.email and u.email_verified_at is not null)
          then coalesce(u.email_verified_at, "joinedAt", now()) end
      from given where u.id = given.id
    ), described as (
      update profiles as p set display_name = coalesce(given."displayName", p.display_name), bio = coalesce(given.bio, p.bio)
      from given where p.user_id = given.id
    )
    update django_users as d set digest = given.digest, problem = null from given where d.user_id = given.id`.execute(
    tx,
  )
}

/**
 * Moves the sequence of user ids past an id, unless it is past it: no registration draws the id of
 * a user who is about to be imported.
 */
export async function moveUserIdsPast(tx: Transaction<Database>, id: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('pockitflyer-auth user ids'))`.execute(tx)
  await sql`
    with ids as (select pg_get_serial_sequence('users', 'id')::regclass as sequence)
    select setval(sequence, ${id}) from ids
    where ${id} > coalesce(pg_sequence_last_value(sequence), 0)`.execute(tx)
}
