import { refuseReadOnly } from '@pockitflyer/postgres-pool'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** What a PostgreSQL server says of itself. */
export interface ServerFacts {
  /** The number of its major version, 18 for example. */
  version: number
  /**
   * How many connections it grants to all of its clients together; those for superusers are not
   * counted.
   */
  connectionsMax: number
  /** Its clock. */
  now: Date
}

/** Asks the server for its version, limits and time. */
export async function getServerFacts(db: Kysely<Database>): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version_num')::int / 10000 as version,
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as "connectionsMax",
           clock_timestamp() as now`.execute(db)
  const [facts] = rows
  if (facts === undefined) throw new Error('PostgreSQL said nothing of itself')
  return facts
}

/**
 * Throws what PostgreSQL says (25006) when the server takes no writes; the pool then drops its
 * connections to that server.
 */
export async function assertTakesWrites(db: Kysely<Database>): Promise<void> {
  await sql.raw(refuseReadOnly).execute(db)
}
