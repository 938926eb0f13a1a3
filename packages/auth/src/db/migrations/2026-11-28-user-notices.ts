import { type Kysely, sql } from 'kysely'

/** Whether a user gets mails of new devices. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column mails_new_devices boolean not null default true`.execute(db)
}
