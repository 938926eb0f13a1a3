import pg from 'pg'
import { logIn } from '../data/log-in.ts'
import type { Bench, Target } from '../measure.ts'

/** The tables that grow with users. */
export const tables = ['users', 'profiles', 'sessions', 'auth_events'] as const

export type Table = (typeof tables)[number]

/** The cost of a call in PostgreSQL's write-ahead log. */
export interface LogCost {
  calls: number
  failures: number
  /** Bytes of records a call, without images of pages. */
  recordBytes: number
  /**
   * Pages of a call that no earlier call touched: after a checkpoint the log gets an image of each.
   */
  pages: number
}

/** The disk space of users and their calls. */
export interface Storage {
  users: number
  /** Bytes a row, with its share of the indexes and of the room that pages keep free. */
  rowBytes: Record<Table, number>
  log: Record<'login' | 'refresh', LogCost>
}

/**
 * Measures the log of logins and of refreshes through the API, then the size of the tables. It
 * leaves events behind.
 */
export async function measureStorage(bench: Bench, target: Target, seconds: number): Promise<Storage> {
  const client = new pg.Client({ connectionString: target.databaseUrl })
  await client.connect()
  try {
    await client.query('create extension if not exists pg_walinspect')
    const load = { bench, target, seconds }
    const refresh = await measureLog(client, 'refresh', load)
    const login = await measureLog(client, 'login', load)
    await client.query(insertEvents, [eventsAtMost])
    return { users: target.users, rowBytes: await readRowBytes(client), log: { login, refresh } }
  } finally {
    await client.end()
  }
}

/**
 * Enough users that few calls of a stretch come from the same user, as in an hour of a real day.
 */
const usersOfStretch = 5000

/** Few connections: requests in flight at the end are in the log and were not counted. */
const connections = 4

/** Starts with a checkpoint, so that none occurs during the stretch and removes the log. */
async function measureLog(
  client: pg.Client,
  call: 'login' | 'refresh',
  { bench, target, seconds }: { bench: Bench; target: Target; seconds: number },
): Promise<LogCost> {
  const { databaseUrl, users, server } = target
  const credentials = await logIn(databaseUrl, { users, count: usersOfStretch })
  await client.query('checkpoint')
  const begin = await readPosition(client)
  const load = { url: server.url, call, seconds, connections, credentials }
  const { requests, failures } = await bench.generator.run(load)
  const end = await readPosition(client)
  const { rows } = await client.query<{ bytes: number; pages: number }>(readLog, [begin, end])
  const { bytes, pages } = rows[0] ?? { bytes: Number.NaN, pages: Number.NaN }
  return { calls: requests, failures, recordBytes: bytes / requests, pages: pages / requests }
}

/**
 * Returns the end of the log. It waits for the commit, so that everything before it can be read.
 */
async function readPosition(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ position: string }>('select pg_current_wal_insert_lsn() as position')
  await client.query('set synchronous_commit = on')
  await client.query(`select pg_logical_emit_message(true, 'bench', '')`)
  return rows[0]?.position ?? ''
}

const readLog = `
  select (pg_wal_lsn_diff($2, $1) - coalesce(sum(block_fpi_length), 0))::float8 as bytes,
    count(distinct (reltablespace, reldatabase, relfilenode, relforknumber, relblocknumber))::int as pages
  from pg_get_wal_block_info($1, $2)`

const eventsAtMost = 100_000

/**
 * Inserts login events for a number of sessions, as `insertSession` does. Session ids are random,
 * so users come in no order.
 */
const insertEvents = `
  insert into auth_events (kind, user_id, session_id, ip, user_agent)
  select 'login', s.user_id, s.id, s.ip, s.user_agent from (select * from sessions order by id limit $1) as s`

/** Of a table without partitions, `pg_partition_tree` returns nothing. */
async function readRowBytes(client: pg.Client): Promise<Record<Table, number>> {
  const bytes = { users: 0, profiles: 0, sessions: 0, auth_events: 0 }
  for (const table of tables) {
    const { rows } = await client.query<{ bytes: number }>(
      `select coalesce(
         (select sum(pg_total_relation_size(relid)) from pg_partition_tree('${table}')),
         pg_total_relation_size('${table}')
       )::float8 / count(*) as bytes
       from ${table}`,
    )
    bytes[table] = rows[0]?.bytes ?? Number.NaN
  }
  return bytes
}
