import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { exists } from '../migrations/online-steps.ts'

/** The tables that lie by user: all rows of one user are on one worker. */
const tablesOfUser = {
  users: 'id',
  profiles: 'user_id',
  sessions: 'user_id',
  auth_events: 'user_id',
  email_collisions: 'user_id',
  one_time_tokens: 'user_id',
  email_changes: 'user_id',
  outgoing_mails: 'user_id',
  django_users: 'user_id',
}

/** The tables that lie by folded email, each by itself. All others stay on the coordinator. */
const tablesOfEmail = { emails: 'email', registrations: 'email', mailbox_mails: 'email' }

/**
 * Lists the statements of the distribution that are left, in their order: none once everything is
 * distributed. Each is a transaction of its own, so the list is right after a kill too.
 * @throws {TypeError} a table is distributed in another way
 */
export async function listDistributionSteps(db: Kysely<Database>): Promise<string[]> {
  return [...(await listDrops(db)), ...(await listDistributions(db)), ...(await listTruncations(db))]
}

/** Citus refuses a foreign key between tables that lie apart: a deletion of a user names it. */
async function listDrops(db: Kysely<Database>): Promise<string[]> {
  const key = sql`select from pg_constraint where conname = 'emails_user_id_fkey'`
  return (await exists(db, key)) ? ['alter table emails drop constraint emails_user_id_fkey'] : []
}

async function listDistributions(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string; column: string | null; isOfUser: boolean }>`
    select p.logicalrelid::text as name, column_to_column_name(p.logicalrelid, p.partkey) as column,
      coalesce(p.colocationid = (
        select colocationid from pg_dist_partition where logicalrelid = 'users'::regclass), false) as "isOfUser"
    from pg_dist_partition p`.execute(db)
  const found = new Map(rows.map((row) => [row.name, row]))
  const left = (tables: Record<string, string>, group: string | undefined) =>
    Object.entries(tables).flatMap(([table, column]) => {
      const other = group !== undefined && table !== group ? group : 'none'
      const is = found.get(table)
      if (is === undefined)
        return [`select create_distributed_table('${table}', '${column}', colocate_with => '${other}')`]
      if (is.column !== column || is.isOfUser !== (group !== undefined))
        throw new TypeError(
          `The table ${table} is distributed in another way. Undo that with undistribute_table('${table}') first.`,
        )
      return []
    })
  return [...left(tablesOfUser, 'users'), ...left(tablesOfEmail, undefined)]
}

/** The rows that Citus copied are still on the coordinator's disk, where nothing reads them. */
async function listTruncations(db: Kysely<Database>): Promise<string[]> {
  const { auth_events: _, django_users: __, ...referencing } = tablesOfUser
  const roots = [
    { root: 'users', tables: Object.keys(referencing) },
    ...['auth_events', 'django_users', ...Object.keys(tablesOfEmail)].map((root) => ({
      root,
      tables: [root],
    })),
  ]
  const truncations = []
  for (const { root, tables } of roots) {
    const { rows } = await sql<{ bytes: number }>`
      select sum(pg_relation_size(local.id))::bigint as bytes
      from unnest(${tables}::text[]) as t (name), lateral (
        select t.name::regclass as id union select relid from pg_partition_tree(t.name::regclass)
      ) as local`.execute(db)
    if (rows[0]?.bytes) truncations.push(`select truncate_local_data_after_distributing_table('${root}')`)
  }
  return truncations
}

/** Runs one statement of the list. */
export async function runDistributionStep(db: Kysely<Database>, step: string): Promise<void> {
  await sql.raw(step).execute(db)
}

/** What a distribution needs to know before it begins. */
export interface Cluster {
  isCoordinator: boolean
  /** Nodes that take shards. */
  nodes: number
  /** Users without a row in `emails`. */
  unfolded: number
  /** Whether tables have the triggers of a service beside Django. */
  hasTriggers: boolean
  /** Connections of servers that took this database for one without Citus. */
  unaware: number
}

/** Finds what a distribution needs to know, in a database with Citus. */
export async function getCluster(db: Kysely<Database>, applicationName: string): Promise<Cluster> {
  const { rows } = await sql<Cluster>`
    select citus_is_coordinator() as "isCoordinator",
      (select count(*) from pg_dist_node where isactive and shouldhaveshards) as nodes,
      (select count(*) from users where not email_is_folded) as unfolded,
      exists (
        select 1 from pg_trigger where not tgisinternal and tgrelid in ('users'::regclass, 'profiles'::regclass)
      ) as "hasTriggers",
      (select count(*) from pg_stat_activity
        where datname = current_database() and application_name = ${applicationName}) as unaware`.execute(db)
  if (rows[0] === undefined) throw new Error('PostgreSQL returned no row.')
  return rows[0]
}
