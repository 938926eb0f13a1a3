import { type BrowserContext, test as base, expect } from '@playwright/test'
import { type Accounts, openAccounts } from './accounts.ts'
import { emptyContext, openContext } from './contexts.ts'
import { createGate, type Gate } from './gate.ts'
import { LoginPage } from './login-page.ts'
import { makePerson, type Person } from './people.ts'
import { startWeb } from './web-server.ts'

export { expect }

interface TestFixtures {
  loginPage: LoginPage
  /** A person that no other test knows, with an account. */
  newcomer: Person
}

interface WorkerFixtures {
  /** The contexts of this worker's browser, by their options. */
  contexts: Map<string, BrowserContext>
  /** A web app of this worker's own, whose way to the API has a gate. */
  gated: { gate: Gate; url: string }
  accounts: Accounts
}

/** Where the API of `stack-setup.ts` listens. */
export const apiUrl = process.env['TEST_API_URL'] ?? ''

/** Tests of the web app that `stack-setup.ts` has started. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  baseURL: process.env['TEST_WEB_URL'] ?? '',
  // Tests take turns in one context, emptied after each: its page and its scripts load in half the
  // time of a new one's.
  context: async (
    { browser, contexts, baseURL, colorScheme, javaScriptEnabled, locale, timezoneId },
    use,
  ) => {
    const options = { baseURL, colorScheme, javaScriptEnabled, locale, timezoneId }
    const key = JSON.stringify(options)
    const context = contexts.get(key) ?? (await openContext(browser, options))
    contexts.set(key, context)
    await use(context)
    await emptyContext(context)
  },
  loginPage: async ({ page }, use) => use(new LoginPage(page)),
  newcomer: async ({ accounts }, use) => {
    const person = makePerson()
    await accounts.add(person)
    await use(person)
  },
  contexts: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => use(new Map()),
    { scope: 'worker' },
  ],
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
