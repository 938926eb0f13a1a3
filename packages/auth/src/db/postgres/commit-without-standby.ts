import { type RawBuilder, sql } from 'kysely'

/**
 * Lets the commit of this transaction wait for the disk of this server and for no standby, unless
 * `waits`. For what heals when a failover loses it: a rotation, and the note that one was
 * delivered. `local` and not `off`: a crash of PostgreSQL alone is no failover and loses nothing; a
 * server that was set to `off` stays so.
 *
 * It belongs into RETURNING, which PostgreSQL evaluates for every row that it writes: a CTE that
 * nothing reads is never run.
 */
export const commitWithoutStandby = (waits: RawBuilder<boolean>): RawBuilder<string | null> =>
  sql`case when not ${waits}::boolean and current_setting('synchronous_commit') <> 'off'
    then set_config('synchronous_commit', 'local', true)
  end`
