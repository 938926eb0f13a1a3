import { expect, test, useEngine } from './fixtures.ts'
import { webkit } from './webkit.ts'

/** What WebKit does otherwise than Chromium and Firefox: it keeps no Secure cookie over http. */

useEngine(webkit)

test.use({ appUrl: ({ baseURL }, use) => use(baseURL ?? '') })

test('over http WebKit keeps no login, and the page says why', async ({ visitor, newcomer }) => {
  await visitor.open('/login')
  await visitor.enter({ Email: newcomer.email, Password: newcomer.password })
  await visitor.press('Log in')
  await visitor.sees('Your browser did not keep your login.')
  const readTitle = () => visitor.tab.evaluate(() => document.title)
  await expect.poll(readTitle).toMatch(/^Your browser did not keep your login\. /)
  expect(await visitor.tab.readRole('alert')).toHaveLength(1)
})
