import { type Kysely, sql } from 'kysely'

/**
 * Counts that are over are found by index. The table is small and unlogged: the index is made in a
 * moment.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index rate_limits_expire on rate_limits (expire)`.execute(db)
}
