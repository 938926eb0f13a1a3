import { connect } from '../../src/db/postgres/connect.ts'
import { sql } from 'kysely'

/**
 * Stops the clock of rate limits in a database that no connection has used yet: however slow the
 * machine, a wait is over when the test lets its seconds pass.
 */
export async function stopClock(url: string): Promise<{ pass(seconds: number): Promise<void> }> {
  const change = async (statements: readonly string[]) => {
    const db = connect({ url, poolSize: 1 })
    for (const statement of statements) await sql.raw(statement).execute(db)
    await db.destroy()
  }
  await change([
    'create schema stopped',
    'create table stopped.clock as select pg_catalog.statement_timestamp() as at',
    `create function stopped.statement_timestamp() returns timestamptz stable language sql
       as 'select at from stopped.clock'`,
    `do $$ begin
       execute format('alter database %I set search_path = stopped, pg_catalog, public', current_database());
     end $$`,
  ])
  return {
    pass: async (seconds) => change([`update stopped.clock set at = at + interval '${seconds} seconds'`]),
  }
}
