import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { exists } from '../migrations/online-steps.ts'
import { isCitus } from '../postgres/engine.ts'

/** The tables that lie by user: all rows of one user are on one worker. */
export const tablesOfUser = {
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

/** The tables that lie by folded email, each by itself. */
export const tablesOfEmail = { emails: 'email', registrations: 'email', mailbox_mails: 'email' }

/** The tables that stay on the coordinator, beside those of graphile-worker and of migrations. */
export const tablesOfCoordinator = [
  'rate_limits',
  'events_without_user',
  'user_id_origin',
  'django_changes',
  'django_imports',
  'leadership',
]

/**
 * Lists the statements of the distribution that are left, in their order: none once everything is
 * distributed. Each is a transaction of its own, so the list is right after a kill too.
 * @throws {TypeError} a table is distributed in another way
 */
export async function listDistributionSteps(db: Kysely<Database>): Promise<string[]> {
  return [...(await listDrops(db)), ...(await listDistributions(db)), ...(await listTruncations(db))]
}

/**
 * Citus refuses a foreign key between tables that lie apart: a deletion of a user names it. It
 * takes no triggers either: those that hold writes while Django leads stay after Django was left.
 */
async function listDrops(db: Kysely<Database>): Promise<string[]> {
  const key = sql`select from pg_constraint where conname = 'emails_user_id_fkey'`
  const guard = sql`select where to_regproc('refuse_while_django_leads') is not null`
  return [
    ...((await exists(db, key)) ? ['alter table emails drop constraint emails_user_id_fkey'] : []),
    ...((await exists(db, guard)) ? ['drop function refuse_while_django_leads() cascade'] : []),
  ]
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

/** Returns whether Citus distributes the tables of users. */
export async function isDistributed(db: Kysely<Database>): Promise<boolean> {
  return (
    (await isCitus(db)) &&
    (await exists(db, sql`select from pg_dist_partition where logicalrelid = 'users'::regclass`))
  )
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
  /** Whether Django leads. */
  isLedByDjango: boolean
  /** Whether changes are noted for an export to Django. */
  notesChanges: boolean
  /** Triggers that are not of this service, with their tables; empty: there are none. */
  otherTriggers: string
  /** Connections of servers that took this database for one without Citus. */
  unaware: number
}

const distributed = [...Object.keys(tablesOfUser), ...Object.keys(tablesOfEmail)]

/** Finds what a distribution needs to know, in a database with Citus. */
export async function getCluster(db: Kysely<Database>, applicationName: string): Promise<Cluster> {
  const { rows } = await sql<Cluster>`
    select citus_is_coordinator() as "isCoordinator",
      (select count(*) from pg_dist_node where isactive and shouldhaveshards) as nodes,
      (select count(*) from users where not email_is_folded) as unfolded,
      (select leader = 'django' from leadership) as "isLedByDjango",
      to_regproc('note_change_for_django') is not null as "notesChanges",
      (select coalesce(string_agg(format('%s on %s', tgname, tgrelid::regclass), ', ' order by tgname), '')
        from pg_trigger where not tgisinternal and tgrelid::regclass::text = any(${distributed}::text[])
          and tgname not in ('refuse_while_django_leads', 'note_change_for_django')) as "otherTriggers",
      (select count(*) from pg_stat_activity
        where datname = current_database() and application_name = ${applicationName}) as unaware`.execute(db)
  if (rows[0] === undefined) throw new Error('PostgreSQL returned no row.')
  return rows[0]
}
