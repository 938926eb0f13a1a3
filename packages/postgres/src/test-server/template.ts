import { randomBytes } from 'node:crypto'
import pg, { escapeIdentifier } from 'pg'
import { databaseUrl, withClient } from '../server/database.ts'

/** Fills the template database behind this URL. */
export type Prepare = (templateUrl: string) => Promise<unknown>

/** A prepared database to copy: plain data that can be passed to another process. */
export type Template = {
  /** Another database of the same server, to connect to for CREATE DATABASE. */
  serverUrl: string
  /** Name of the template database, and the beginning of the names of its clones. */
  name: string
}

export type TestDatabase = {
  url: string
  /** Drops the database, also while clients are connected. Safe to call twice. */
  drop: () => Promise<void>
}

export const testDatabasePrefix = 'accounts_test_'

/**
 * Creates the template under a new name, which holds the time in milliseconds, and closes it for
 * connections.
 */
export async function createTemplate(serverUrl: string, prepare?: Prepare): Promise<Template> {
  const name = `${testDatabasePrefix}${Date.now()}_${randomBytes(5).toString('hex')}`
  const template = { serverUrl, name }
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  try {
    await prepare?.(databaseUrl(serverUrl, name))
    await closeForConnections(template)
  } catch (error) {
    await dropTemplate(template)
    throw error
  }
  return template
}

/** Copies the template into a new database. */
export async function cloneTemplate({ serverUrl, name }: Template): Promise<TestDatabase> {
  const clone = `${name}_${randomBytes(6).toString('hex')}`
  await administer(
    serverUrl,
    `CREATE DATABASE ${escapeIdentifier(clone)} TEMPLATE ${escapeIdentifier(name)} STRATEGY file_copy`,
  )
  return { url: databaseUrl(serverUrl, clone), drop: () => dropDatabases(serverUrl, [clone]) }
}

/** Drops the template and what is left of its clones. */
export async function dropTemplate({ serverUrl, name }: Template): Promise<void> {
  const { rows } = await withClient(serverUrl, (client) =>
    client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      name,
    ]),
  )
  await dropDatabases(
    serverUrl,
    rows.map((row) => row.datname),
  )
}

export async function dropDatabases(serverUrl: string, names: string[]): Promise<void> {
  for (const name of names) {
    await administer(serverUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
  }
}

const administrators = new Map<string, pg.Pool>()

/**
 * Runs a statement on a connection that stays open for the next, as a new one costs twice the CPU
 * time of a clone. It closes after 10 idle seconds and keeps no process alive.
 */
async function administer(serverUrl: string, sql: string): Promise<void> {
  const administrator = administrators.get(serverUrl) ?? openAdministrator(serverUrl)
  administrators.set(serverUrl, administrator)
  await administrator.query(sql)
}

function openAdministrator(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1, allowExitOnIdle: true, query_timeout: 60_000 })
  pool.on('error', () => undefined)
  return pool
}

/**
 * Ends the connections that `prepare` left open and blocks new ones: PostgreSQL cannot copy a
 * database in use.
 */
async function closeForConnections({ serverUrl, name }: Template): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query(`ALTER DATABASE ${escapeIdentifier(name)} ALLOW_CONNECTIONS false`)
    await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ])
  })
}
