import { type RawBuilder, sql } from 'kysely'

/**
 * Lets the commit of this transaction wait for this server's disk but not for a standby, unless
 * `waits`. Use it for what heals if a failover loses it: a rotation, and the note of its delivery.
 * `local` rather than `off`: a crash of PostgreSQL alone loses nothing. A server set to `off` stays
 * so.
 *
 * Put it into RETURNING, which PostgreSQL evaluates for every row it writes. PostgreSQL never runs
 * a CTE that nothing reads.
 */
export const commitWithoutStandby = (waits: RawBuilder<boolean>): RawBuilder<string | null> =>
  sql`case when not ${waits}::boolean and current_setting('synchronous_commit') <> 'off'
    then set_config('synchronous_commit', 'local', true)
  end`
