import { mailEnv, startTestApi } from '@pockitflyer/testing'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { type Accounts, openAccounts } from './accounts.ts'
import { test as base } from './fixtures.ts'
import { prepareMailbox } from './mailbox.ts'
import { startWeb } from './web-server.ts'

interface Verifying {
  url: string
  db: Accounts['db']
  /** Adds a person whose email is proven. */
  add: Accounts['add']
}

async function prepare(databaseUrl: string): Promise<void> {
  const accounts = await openAccounts(databaseUrl)
  await migrateToLatest(accounts.db)
  await prepareMailbox(accounts.db)
  await accounts.close()
}

/**
 * Tests of a web app whose service adds an account once its email is proven, and whose old mailbox
 * must agree to another email.
 */
export const test = base.extend<object, { verifying: Verifying }>({
  verifying: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const server = await startTestServer({ prepare, serverUrl: process.env['TEST_DATABASE_URL'] })
      const database = await server.createDatabase()
      const api = await startTestApi(database.url, {
        ...mailEnv,
        EMAIL_VERIFICATION: 'required',
        EMAIL_CHANGE: 'both',
      })
      const web = await startWeb(api.url)
      const accounts = await openAccounts(database.url)
      await use({
        url: web.url,
        db: accounts.db,
        async add(person) {
          await accounts.add(person)
          await accounts.db
            .updateTable('users')
            .set({ email_verified_at: new Date() })
            .where('email', '=', person.email)
            .execute()
        },
      })
      await accounts.close()
      await web.stop()
      await api.stop()
      await database.drop()
      await server.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ verifying }, use) => use(verifying.url),
})
