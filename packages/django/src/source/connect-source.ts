import { createPool } from '@pockitflyer/postgres-pool'
import { Kysely, PostgresDialect } from 'kysely'

/** Django's database. Its tables are found at run time, so no type names them. */
export type SourceDatabase = Kysely<unknown>

/**
 * Opens Django's database. A standby will do, unless the URL asks for another. The first query
 * opens the first connection; `db.destroy()` closes all. `bigint` arrives as text.
 * @throws {UrlProblem} the URL cannot be used
 * @example const source = connectSource('postgres://reader:password@localhost:5432/django')
 */
export function connectSource(url: string): SourceDatabase {
  const pool = createPool({ url: acceptStandby(url), max: 4, keepAlive: true })
  pool.on('error', () => {}) // The next statement meets the broken connection.
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

function acceptStandby(url: string): string {
  if (/[?&]target_session_attrs=/.test(url)) return url
  return `${url}${url.includes('?') ? '&' : '?'}target_session_attrs=any`
}
