import { type Kysely, sql } from 'kysely'

/**
 * When an old refresh token of a session was presented last. A column without a default: no row is
 * rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column reused_at timestamptz`.execute(db)
}
