import { type Kysely, sql } from 'kysely'

/**
 * Which generation of a session is known to have reached its client, and the `iat` of the session's
 * refresh token where that is not `rotated_at`. Columns without a default: no row is rewritten, and
 * a row that the version before made counts as delivered.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions
      add column delivered_generation integer,
      add column issued_at timestamptz`.execute(db)
}
