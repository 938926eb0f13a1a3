import { type Kysely, sql } from 'kysely'

/**
 * Of a session that a change of password started: who asked for the change, a session or else a
 * token, and a PHC string of both passwords, so that a repeat whose first answer was lost gets the
 * same session again. Columns without defaults: no row is rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions
      add column password_change_by text,
      add column password_change_hash text`.execute(db)
}
