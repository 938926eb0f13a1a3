import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/** A user who is about to be imported. */
export interface ScannedUser {
  id: number
  email: string
  folded: string
}

/** Users whose emails fold alike, in the order of their ids. */
export interface EmailTwins {
  folded: string
  users: { id: number; email: string }[]
}

/** A user who is here and was not imported, in the way of one who is to be. */
export interface ImportConflict {
  kind: 'id' | 'email'
  /** The user to import. */
  id: number
  email: string
  /** The user who is here. */
  hereId: number
  hereEmail: string
}

/** Creates a table of the users to import, which lives as long as the transaction. */
export async function createScan(tx: Transaction<Database>): Promise<void> {
  await sql`
    create temporary table import_scan (id bigint primary key, email text not null, folded text collate "C" not null)
    on commit drop`.execute(tx)
}

/** Adds users to the scan. */
export async function insertScanned(tx: Transaction<Database>, users: readonly ScannedUser[]): Promise<void> {
  await sql`
    insert into import_scan select * from unnest(${users.map(({ id }) => id)}::bigint[],
      ${users.map(({ email }) => email)}::text[], ${users.map(({ folded }) => folded)}::text[])`.execute(tx)
}

/** Makes PostgreSQL know how large the scan is. Call it once all users are there. */
export async function indexScan(tx: Transaction<Database>): Promise<void> {
  await sql`create index on import_scan (folded)`.execute(tx)
  await sql`analyze import_scan`.execute(tx)
}

/** Lists the users whose emails fold alike. */
export async function listTwins(tx: Transaction<Database>): Promise<EmailTwins[]> {
  const { rows } = await sql<EmailTwins>`
    select folded, json_agg(json_build_object('id', id, 'email', email) order by id) as users
    from import_scan where folded <> '' group by folded having count(*) > 1 order by folded`.execute(tx)
  return rows
}

/** Lists the users here whose id or email a user to import has, unless they were imported. */
export async function listConflicts(tx: Transaction<Database>): Promise<ImportConflict[]> {
  const { rows } = await sql<ImportConflict>`
    select * from (
      select 'id' as kind, s.id, s.email, u.id as "hereId", u.email as "hereEmail"
      from import_scan as s join users as u on u.id = s.id
      union all
      select 'email', s.id, s.email, u.id, u.email
      from import_scan as s join emails as e on e.email = s.folded and e.kept_until is null join users as u on u.id = e.user_id
      where s.folded <> '' and u.id <> s.id
    ) as conflicts
    where not exists (select from django_users as d where d.user_id = "hereId")
    order by id, kind`.execute(tx)
  return rows
}

/** Lists folded emails that imported users have here and gave up there, with who has them now. */
export async function listPassedOnEmails(
  tx: Transaction<Database>,
): Promise<{ folded: string; id: number }[]> {
  const { rows } = await sql<{ folded: string; id: number }>`
    select s.folded, min(s.id) as id
    from import_scan as s
    join emails as e on e.email = s.folded and e.kept_until is null and e.user_id <> s.id
    join django_users as d on d.user_id = e.user_id
    left join import_scan as holder on holder.id = e.user_id
    where s.folded <> '' and holder.folded is distinct from s.folded
    group by s.folded`.execute(tx)
  return rows
}

/** Lists the imported users who are in the source no more. */
export async function listGone(tx: Transaction<Database>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.user_id as id from django_users as d join users as u on u.id = d.user_id
    where not exists (select from import_scan as s where s.id = d.user_id) order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Returns whether the index of the version before is there, which refuses twins. */
export async function refusesTwins(tx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('users_lower_email_key') is not null as "isThere"`.execute(tx)
  return rows[0]?.isThere ?? false
}
