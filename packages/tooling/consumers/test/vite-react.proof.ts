import { expect as see } from '@playwright/test'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { password, startAccounts } from './support/accounts.ts'
import { openBrowser, register, sendForm } from './support/browser.ts'
import { createFreshApp } from './support/fresh-app.ts'

const port = await findFreePort()
const origin = `http://127.0.0.1:${port}`
const accounts = await startAccounts({
  CORS_ORIGINS: origin,
  RATE_LIMITS: 'on',
  LOGIN_FAILURES_PER_ADDRESS: '2/1h',
})
const app = await createFreshApp('apps/vite-react')
await app.run('tsc', [])
await app.run('vite', ['build'], { VITE_ACCOUNTS_URL: accounts.url })
await app.start('vite', ['preview', '--host', '127.0.0.1', '--port', String(port)]).says(/(127\.0\.0\.1)/)
const browser = await openBrowser()

/** Returns the tokens that the app keeps in its storage. */
async function readTokens() {
  const { origins } = await browser.storageState()
  const entry = origins[0]?.localStorage.find(({ name }) => name === 'pockitflyer.session')
  return z.object({ access: z.string(), refresh: z.string() }).parse(JSON.parse(entry?.value ?? '{}'))
}

test('the app logs in, refreshes and logs out in two tabs', async () => {
  const page = await browser.newPage()
  await page.goto(origin)
  await see(page).toHaveURL(`${origin}/login`)
  await sendForm(page, accounts.email, 'a wrong password')
  await see(page.getByRole('alert')).toHaveText('That email and password do not match.')
  await sendForm(page, accounts.email, password)
  await see(page.getByRole('heading')).toHaveText(accounts.email)

  const { access, refresh } = await readTokens()
  await page.evaluate(
    ([access = '', refresh = '']) =>
      localStorage.setItem(
        'pockitflyer.session',
        JSON.stringify({ access: `${access}x`, refresh, receivedAtMs: Date.now() }),
      ),
    [access, refresh],
  )
  await page.reload()
  await see(page.getByRole('heading')).toHaveText(accounts.email)
  const refreshed = await readTokens()
  expect(refreshed.access).not.toBe(access)
  expect(await accounts.findRefusal(refreshed.access)).toBe(undefined)

  const tab = await browser.newPage()
  await tab.goto(origin)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await tab.route('**/auth.logout*', async (route) => {
    await held
    await route.continue()
  })
  await tab.getByRole('button', { name: 'Log out' }).click()
  await see(page).toHaveURL(`${origin}/login`)
  // The tab that logs out stays until the service has answered: leaving would cut off the request.
  release()
  await see(tab).toHaveURL(`${origin}/login`)
  expect(await accounts.isLive(refreshed.refresh)).toBe(false)
})

test('the app registers, shows texts of fields and when to retry', async () => {
  const page = await browser.newPage()
  await register(page, origin)
  await page.getByRole('button', { name: 'Log out' }).click()
  await see(page).toHaveURL(`${origin}/login`)
  for (const wrong of ['one', 'two', 'three']) {
    await sendForm(page, accounts.email, wrong)
    await see(page.getByRole('button')).toBeEnabled()
  }
  await see(page.getByRole('alert')).toHaveText(/^Too many attempts\. Try again in \d+ seconds\.$/)
})

test('an app whose origin is not named reaches nothing', async () => {
  const elsewhere = await startAccounts({ CORS_ORIGINS: 'https://another.example.com' })
  const page = await browser.newPage()
  await page.route(`${accounts.origin}/**`, (route) =>
    route.continue({ url: route.request().url().replace(accounts.origin, elsewhere.origin) }),
  )
  await page.goto(`${origin}/login`)
  await sendForm(page, elsewhere.email, password)
  await see(page.getByRole('alert')).toHaveText('We cannot reach the login service right now.')
})
