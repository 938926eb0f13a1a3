import { type Kysely, sql } from 'kysely'

/**
 * Emails in the form that tells mailboxes apart, and who has them. The version before adds users
 * without one: for them `email_is_folded` is false, as it is by default from now on. A default that
 * is a constant rewrites no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table emails (
      email text collate "C" primary key,
      user_id bigint not null references users on delete cascade
    )`.execute(db)
  await sql`create index emails_user_id_idx on emails (user_id)`.execute(db)
  await sql`
    create table email_collisions (
      user_id bigint primary key references users on delete cascade,
      email text collate "C" not null
    )`.execute(db)
  await sql`alter table users add column email_is_folded boolean not null default true`.execute(db)
  await sql`alter table users alter column email_is_folded set default false`.execute(db)
}
