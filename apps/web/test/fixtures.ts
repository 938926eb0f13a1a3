import { test as base, expect } from '@playwright/test'
import { type Accounts, openAccounts } from './accounts.ts'
import { createGate, type Gate } from './gate.ts'
import { LoginPage } from './login-page.ts'
import { makePerson, type Person } from './people.ts'
import { startWeb } from './web-server.ts'

export { expect }

interface TestFixtures {
  loginPage: LoginPage
  /** Somebody whom no other test knows, with an account. */
  newcomer: Person
}

interface WorkerFixtures {
  /** A web app of this worker's own, whose way to the API has a gate. */
  gated: { gate: Gate; url: string }
  accounts: Accounts
}

/** Where the API of `stack-setup.ts` listens. */
export const apiUrl = process.env['TEST_API_URL'] ?? ''

/** Tests of the web app that `stack-setup.ts` has started. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  baseURL: process.env['TEST_WEB_URL'] ?? '',
  loginPage: async ({ page }, use) => use(new LoginPage(page)),
  newcomer: async ({ accounts }, use) => {
    const person = makePerson()
    await accounts.add(person)
    await use(person)
  },
  accounts: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const accounts = await openAccounts(process.env['TEST_STACK_DATABASE_URL'] ?? '')
      await use(accounts)
      await accounts.close()
    },
    { scope: 'worker' },
  ],
  gated: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const gate = await createGate(apiUrl)
      const web = await startWeb(gate.url)
      await use({ gate, url: web.url })
      await web.stop()
      await gate.shut()
    },
    { scope: 'worker' },
  ],
})
