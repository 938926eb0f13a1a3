import { connect, readSettings } from '@pockitflyer/auth'
import { createPasswords, migrateToLatest, adminSettings } from '@pockitflyer/auth/admin'
import { startTestServer } from '@pockitflyer/postgres/testing'
import pg from 'pg'
import { parentOf } from '../processes/usage.ts'
import { password, userAgent } from './credentials.ts'

/** A PostgreSQL of this run alone. */
export interface DatabaseServer extends AsyncDisposable {
  /** The process id of the server's parent process. */
  pid: number
  /** Creates a database with this number of users, each with one session. */
  createDatabase(users: number): Promise<string>
}

/**
 * Starts PostgreSQL with its data in memory and without fsync. Disk time would be the same for
 * every server and would blur their ratios.
 */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const server = await startTestServer({ prepare: migrate })
  const postmaster = await findPostmaster(server.template.serverUrl)
  return {
    pid: postmaster,
    async createDatabase(users) {
      const { url } = await server.createDatabase()
      await seed(url, users)
      return url
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

/** Returns the parent of the process that serves a connection. */
async function findPostmaster(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = parentOf(rows[0]?.pid ?? 0)
  await client.end()
  if (postmaster === undefined) throw new Error('PostgreSQL runs on another machine.')
  return postmaster
}

async function migrate(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
}

/** Gives every user the same password and the session of `sessionIdOf`. */
async function seed(url: string, users: number): Promise<void> {
  const hash = await createPasswords(readSettings(adminSettings, {}).passwords).hash(password)
  const each = `from generate_series(1, ${users}) as n`
  await execute(
    url,
    `insert into users (email, password_hash, email_is_folded) select 'user-' || n || '@example.com', '${hash}', true ${each}`,
  )
  await execute(url, `insert into emails (email, user_id) select 'user-' || n || '@example.com', n ${each}`)
  await execute(url, `insert into profiles (user_id) select n ${each}`)
  await execute(
    url,
    `insert into sessions (id, user_id, expires_at, ends_at, user_agent, ip)
     select (substr(md5(n::text), 1, 8) || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       n, now() + interval '7 days', now() + interval '90 days', '${userAgent}', '127.0.0.1' ${each}`,
  )
  await execute(url, 'vacuum analyze')
}

async function execute(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
