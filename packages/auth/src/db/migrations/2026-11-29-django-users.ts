import { type Kysely, sql } from 'kysely'

/**
 * Users who were imported from a Django service: their roles, what was imported last, and how far
 * an import has come. A default that is a constant rewrites no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column roles text[] not null default '{}'`.execute(db)
  await sql`
    create table django_users (
      user_id bigint primary key references users on delete cascade,
      digest text not null
    )`.execute(db)
  await sql`
    create table django_imports (
      task text primary key,
      source text not null,
      position bigint not null,
      updated_at timestamptz not null default now()
    )`.execute(db)
}
