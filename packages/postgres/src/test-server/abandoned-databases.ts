import { withClient } from '../server/database.ts'
import { dropDatabases, testDatabasePrefix } from './template.ts'

const oneDayMs = 24 * 60 * 60 * 1000

/**
 * Drops the databases of killed test runs: those of this role whose name says that they are older
 * than a day. A database that another run is dropping is left for the next time.
 */
export async function removeOldTestDatabases(serverUrl: string): Promise<void> {
  const { rows } = await withClient(serverUrl, (client) =>
    client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND pg_get_userbyid(datdba) = current_user`,
      [testDatabasePrefix],
    ),
  )
  for (const { datname } of rows) {
    if (isOld(datname)) await dropDatabases(serverUrl, [datname]).catch(() => undefined)
  }
}

function isOld(name: string): boolean {
  const [createdAtMs] = name.slice(testDatabasePrefix.length).split('_')
  return Date.now() - Number(createdAtMs) > oneDayMs
}
