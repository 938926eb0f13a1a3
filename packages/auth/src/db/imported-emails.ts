import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { toSpellingKey } from './emails.ts'

/** The email of an imported user, and whether the folded email is theirs. */
export interface ImportedEmail {
  id: number
  /** As typed. */
  email: string
  folded: string
  /** Of users whose emails fold alike one owns the folded email. */
  isOwner: boolean
}

/** Deletes the rows in `emails` of users who get other ones, and their entries as collisions. */
export async function deleteEmailsOfUsers(tx: Transaction<Database>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from emails where user_id = any(${ids}::bigint[]) and kept_until is null`.execute(tx)
  await sql`delete from email_collisions where user_id = any(${ids}::bigint[])`.execute(tx)
}

/** Returns those of some emails that their user does not own here, though the user should. */
export async function findDispossessed(
  tx: Transaction<Database>,
  emails: readonly ImportedEmail[],
): Promise<ImportedEmail[]> {
  if (emails.length === 0) return []
  const owned = await tx
    .selectFrom('emails')
    .select(['email', 'user_id as id'])
    .where(sql<boolean>`email = any(${emails.map(({ folded }) => folded)}::text[])`)
    .where('kept_until', 'is', null)
    .execute()
  const owners = new Map(owned.map(({ email, id }) => [email, id]))
  return emails.filter(({ folded, id }) => owners.get(folded) !== id)
}

/**
 * Finds the imported users who own a folded email that another is to own. Returns them as users who
 * own it no more.
 */
export async function findOwnersBefore(
  tx: Transaction<Database>,
  owners: readonly ImportedEmail[],
): Promise<ImportedEmail[]> {
  const { rows } = await sql<ImportedEmail>`
    select u.id, u.email, e.email as folded, false as "isOwner"
    from unnest(${owners.map(({ id }) => id)}::bigint[], ${owners.map(({ folded }) => folded)}::text[]) as given (id, folded)
    join emails as e on e.email = given.folded and e.user_id <> given.id and e.kept_until is null
    join django_users as d on d.user_id = e.user_id
    join users as u on u.id = e.user_id`.execute(tx)
  return rows
}

/**
 * Inserts the rows in `emails` of users who have none. A user who does not own the folded email, or
 * finds it taken, is listed in `email_collisions` and is found by the exact spelling, unless
 * another has that too. At most one of `emails` may own a folded email. Returns the listed.
 */
export async function insertImportedEmails(
  tx: Transaction<Database>,
  emails: readonly ImportedEmail[],
): Promise<ImportedEmail[]> {
  const { rows } = await sql<{ id: number }>`
    with ${given(emails)}, owners as (
      insert into emails (email, user_id) select folded, id from given where is_owner order by folded
      on conflict (email) do update set user_id = excluded.user_id, kept_until = null
      where emails.kept_until <= now() or emails.user_id = excluded.user_id
      returning user_id
    ), others as (
      select * from given where id not in (select user_id from owners)
    ), listed as (
      insert into email_collisions (user_id, email) select id, folded from others on conflict do nothing
    )
    select id from others`.execute(tx)
  const listed = new Set(rows.map(({ id }) => id))
  const others = emails.filter(({ id }) => listed.has(id))
  if (others.length > 0) await insertSpellings(tx, others)
  return others
}

async function insertSpellings(tx: Transaction<Database>, emails: readonly ImportedEmail[]): Promise<void> {
  await sql`
    with ${given(emails)}
    insert into emails (email, user_id) select spelling, id from given
    where not exists (
      select from emails as e join users as owner on owner.id = e.user_id
      where e.email = given.folded and owner.email = given.email)
    order by spelling, id
    on conflict do nothing`.execute(tx)
}

const given = (emails: readonly ImportedEmail[]) => sql`
  given as (
    select * from unnest(${emails.map(({ id }) => id)}::bigint[], ${emails.map(({ email }) => email)}::text[],
      ${emails.map(({ folded }) => folded)}::text[], ${emails.map(toSpellingKey)}::text[],
      ${emails.map(({ isOwner }) => isOwner)}::boolean[]) as given (id, email, folded, spelling, is_owner))`
