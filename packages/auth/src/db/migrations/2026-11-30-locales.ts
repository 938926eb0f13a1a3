import { type Kysely, sql } from 'kysely'

/** The language of a user, and that of each mail (BCP 47). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['users', 'outgoing_mails', 'mailbox_mails'])
    await sql`alter table ${sql.table(table)} add column locale text`.execute(db)
}
