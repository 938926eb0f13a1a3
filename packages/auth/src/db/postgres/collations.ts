import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/**
 * An order of text that changed since indexes were built by it, after an upgrade of the operating
 * system or of ICU.
 */
export interface ChangedCollation {
  /** What has the collation: the database, or an index whose column names one of its own. */
  on: string
  builtWith: string
  now: string
  /** The SQL that mends it. */
  mend: string
}

/**
 * Lists the collations that changed under this database's indexes. Such an index may miss rows, and
 * let a duplicate in.
 */
export async function listChangedCollations(db: Kysely<Database>): Promise<ChangedCollation[]> {
  const { rows } = await sql<ChangedCollation>`
    select format('the database %I', datname) as on, datcollversion as "builtWith",
      pg_database_collation_actual_version(oid) as now,
      format('REINDEX DATABASE CONCURRENTLY %1$I; ALTER DATABASE %1$I REFRESH COLLATION VERSION;', datname) as mend
    from pg_database
    where datname = current_database() and datcollversion <> pg_database_collation_actual_version(oid)
    union all
    select distinct format('the index %s', i.indexrelid::regclass), c.collversion, pg_collation_actual_version(c.oid),
      format('REINDEX INDEX CONCURRENTLY %s; ALTER COLLATION %s REFRESH VERSION;', i.indexrelid::regclass, c.oid::regcollation)
    from pg_index as i cross join unnest(i.indcollation) as used (oid) join pg_collation as c on c.oid = used.oid
    where c.collversion <> pg_collation_actual_version(c.oid)
    order by 1`.execute(db)
  return rows
}
