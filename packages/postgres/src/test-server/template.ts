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
  /** The same database on other servers, which are copied with it: the workers of Citus. */
  workerUrls?: string[]
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
  const name = newTemplateName()
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

/** Returns a new name, which holds the time in milliseconds. */
export function newTemplateName(): string {
  return `${testDatabasePrefix}${Date.now()}_${randomBytes(5).toString('hex')}`
}

/** Copies the template into a new database. */
export async function cloneTemplate(template: Template): Promise<TestDatabase> {
  const { serverUrl, name } = template
  const clone = `${name}_${randomBytes(6).toString('hex')}`
  const copy = `CREATE DATABASE ${escapeIdentifier(clone)} TEMPLATE ${escapeIdentifier(name)} STRATEGY file_copy`
  await Promise.all(serversOf(template).map((url) => administer(url, copy)))
  const drop = async () => {
    await Promise.all(serversOf(template).map((url) => dropDatabases(url, [clone])))
  }
  return { url: databaseUrl(serverUrl, clone), drop }
}

const serversOf = ({ serverUrl, workerUrls = [] }: Template) => [serverUrl, ...workerUrls]

/** Drops the template and what is left of its clones. */
export async function dropTemplate(template: Template): Promise<void> {
  const listing = 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)'
  for (const url of serversOf(template)) {
    const { rows } = await withClient(url, (client) =>
      client.query<{ datname: string }>(listing, [template.name]),
    )
    await dropDatabases(
      url,
      rows.map((row) => row.datname),
    )
  }
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
export async function closeForConnections(template: Template): Promise<void> {
  const { name } = template
  for (const url of serversOf(template)) {
    await withClient(url, async (client) => {
      await client.query(`ALTER DATABASE ${escapeIdentifier(name)} ALLOW_CONNECTIONS false`)
      await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [
        name,
      ])
    })
  }
}
