import { type Kysely, sql } from 'kysely'

/**
 * Counts of rate limits, as the package rate-limiter-flexible keeps them. Unlogged: after a crash
 * they begin anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limits (
      key text primary key,
      points integer not null default 0,
      expire bigint
    ) with (fillfactor = 70)`.execute(db)
}
