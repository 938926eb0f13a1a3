import { access } from 'node:fs/promises'
import { mailEnv, startTestApi } from '@pockitflyer/testing'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { addContractUsers } from '@pockitflyer/contract/users'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { openAccounts } from './accounts.ts'
import { prepareMailbox } from './mailbox.ts'
import { people } from './people.ts'
import { startWeb } from './web-server.ts'

/**
 * Starts PostgreSQL, the API and the built web app, tells the tests where they are, and stops them
 * after the last one.
 */
export default async function startStack(): Promise<() => Promise<void>> {
  await requireBuild()
  const running: (() => Promise<void>)[] = []
  const stopAll = async () => {
    for (const stop of running.toReversed()) await stop()
  }
  try {
    const server = await startTestServer({
      prepare: addPeople,
      serverUrl: process.env['TEST_DATABASE_URL'],
    })
    running.push(server.stop)
    const database = await server.createDatabase()
    running.push(database.drop)
    const api = await startTestApi(database.url, { TRUSTED_PROXIES: 'loopback', ...mailEnv })
    running.push(() => api.stop())
    const web = await startWeb(api.url)
    running.push(() => web.stop())
    Object.assign(process.env, {
      TEST_API_URL: api.url,
      TEST_WEB_URL: web.url,
      TEST_STACK_DATABASE_URL: database.url,
    })
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}

async function requireBuild(): Promise<void> {
  try {
    await access(new URL('../.next/BUILD_ID', import.meta.url))
  } catch {
    throw new Error('The web app is not built. Run: pnpm --filter @pockitflyer/web build')
  }
}

/** The contract's users come first: its cases know them by their ids. */
async function addPeople(databaseUrl: string): Promise<void> {
  const accounts = await openAccounts(databaseUrl)
  try {
    await migrateToLatest(accounts.db)
    await prepareMailbox(accounts.db)
    await addContractUsers(databaseUrl)
    for (const person of Object.values(people)) await accounts.add(person)
  } finally {
    await accounts.close()
  }
}
