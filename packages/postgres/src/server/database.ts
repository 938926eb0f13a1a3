import { Client, DatabaseError, escapeIdentifier } from 'pg'

const duplicateDatabase = '42P04'
const uniqueViolation = '23505'

/** Returns the URL of the database `postgres`, which every server has, as superuser. */
export function serverUrl({ port, password }: { port: number; password: string }): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** Returns the URL of another database of the same server. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURI(database)}`
  return changed.href
}

/**
 * Connects, passes the client to `use` and closes it. The connection may take 10 s, a statement 60
 * s.
 */
export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Returns whether the server is gone, stopping or starting (SQLSTATE classes 08 and 57), and did
 * not refuse the statement.
 */
export function isServerAway(error: unknown): boolean {
  return !(error instanceof DatabaseError) || /^(08|57)/.test(error.code ?? '')
}

/** Creates the database if it is absent; another process may do so at the same time. */
export async function createDatabase(url: string, database: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount) return
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`).catch((error: unknown) => {
      const code = error instanceof DatabaseError ? error.code : undefined
      if (code !== duplicateDatabase && code !== uniqueViolation) throw error
    })
  })
}
