import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { foldEmail } from '../emails/fold-email.ts'
import type { Database } from './database.ts'

/** What an email is looked up by: its exact spelling, and folded. */
export interface EmailKeys {
  typed: string
  folded: string
}

/** Returns what to look an email up by. */
export function toKeys(email: string): EmailKeys {
  const folded = foldEmail(email)
  return { typed: toSpellingKey({ email, folded }), folded }
}

/**
 * Returns the key of an exact spelling. Where that is the folded email itself, a space before it
 * makes it another key: no folded email begins with one.
 */
export function toSpellingKey({ email, folded }: { email: string; folded: string }): string {
  return email === folded ? ` ${email}` : email
}

/**
 * SQL for the id of the user that an email names; null for none. An exact spelling is a key of its
 * own only for a user whose folded email belongs to another user (see `email_collisions`). A folded
 * email equals no such spelling, so the two kinds of key cannot be confused. A former email names
 * none.
 */
export function userIdOf({ typed, folded }: { [Key in keyof EmailKeys]: RawBuilder<string> | string }) {
  return sql<number>`(
    select user_id from emails where email in (${typed}, ${folded}) and kept_until is null
    order by email = ${folded} limit 1)`
}

/**
 * SQL for whether a user has no row in `emails`: a server of the version before adds such users.
 */
export const hasUnfolded = sql<boolean>`exists (select from users where not email_is_folded)`

/**
 * Inserts the rows in `emails` of users that a server of the version before, or an import, added:
 * at most 1000. A user whose folded email has an owner is listed in `email_collisions` instead, and
 * is found by the exact spelling if that is not taken too. Returns how many users there were.
 */
export async function insertEmailsAndCollisionsOfUsers(db: Kysely<Database>): Promise<number> {
  return db.isTransaction ? fold(db) : db.transaction().execute(fold)
}

const batchSize = 1000

/** Concurrent calls wait for the rows, and then find nothing to do. */
async function fold(tx: Kysely<Database>): Promise<number> {
  const users = await tx
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email_is_folded', '=', false)
    .orderBy('id')
    .limit(batchSize)
    .forNoKeyUpdate()
    .execute()
  if (users.length === 0) return 0
  const ids = users.map(({ id }) => id)
  await sql`
    with added as (
      select * from unnest(${ids}::bigint[], ${users.map(({ email }) => email)}::text[],
        ${users.map(({ email }) => foldEmail(email))}::text[]) as added (id, email, key)
    ), owners as (
      insert into emails (email, user_id) select key, id from added order by id on conflict do nothing returning user_id
    ), others as (
      select * from added where id not in (select user_id from owners)
    ), listed as (
      insert into email_collisions (user_id, email) select id, key from others on conflict do nothing
    ), spellings as (
      insert into emails (email, user_id) select email, id from others where email <> key on conflict do nothing
    )
    update users set email_is_folded = true where id = any(${ids})`.execute(tx)
  return users.length
}

/**
 * Inserts the row of an email, or takes it back for a user who had it. Returns false if it is that
 * of another user, or was until lately. Call it before any other row is locked: two users who
 * exchange their emails do not wait for each other.
 */
export async function insertOrTakeBackEmail(
  tx: Transaction<Database>,
  userId: number,
  key: string,
): Promise<boolean> {
  const { rows } = await sql`
    insert into emails (email, user_id) values (${key}, ${userId})
    on conflict (email) do update set user_id = excluded.user_id, kept_until = null
    where emails.user_id = excluded.user_id or emails.kept_until <= now()
    returning email`.execute(tx)
  return rows.length > 0
}

/** A user whose folded email belongs to another user. */
export interface EmailCollision {
  userId: number
  /** As the user typed it. */
  email: string
  /** The email in its folded form. */
  foldedEmail: string
  ownerId: number | null
  ownerEmail: string | null
  /** Whether the user can log in, with the exact spelling of `email`. */
  isReachable: boolean
}

/**
 * Lists the users whose folded email is another's, in the order of their ids. Citus joins emails
 * and users only after it has read each apart.
 */
export async function listEmailCollisions(db: Kysely<Database>): Promise<EmailCollision[]> {
  const { rows } = await sql<EmailCollision>`
    with c as materialized (
      select c.user_id, u.email, c.email as folded from email_collisions c join users u on u.id = c.user_id
    ), e as materialized (
      select email, user_id from emails
      where email in (select folded from c) or user_id in (select user_id from c)
    ), o as materialized (
      select id, email from users where id in (select user_id from e)
    )
    select c.user_id as "userId", c.email, c.folded as "foldedEmail", o.id as "ownerId", o.email as "ownerEmail",
      exists (select from e where e.user_id = c.user_id) as "isReachable"
    from c left join e on e.email = c.folded left join o on o.id = e.user_id order by c.user_id`.execute(db)
  return rows
}
