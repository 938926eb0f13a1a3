import { type Kysely, sql } from 'kysely'

/**
 * Flyers. `author_id` is a user of the account service: another database, perhaps, so nothing
 * refers to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table flyers.flyers (
      id uuid primary key,
      author_id bigint not null,
      title text not null,
      body text not null,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index flyers_author_id_created_at_idx on flyers.flyers (author_id, created_at)`.execute(db)
}
