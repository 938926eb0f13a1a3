import { startTestApi } from '@pockitflyer/testing'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { startWeb } from './web-server.ts'

test('guessing too often is throttled with its wait, for one address', async ({ browser, newcomer }) => {
  const api = await startTestApi(process.env['TEST_STACK_DATABASE_URL'] ?? '', {
    RATE_LIMITS: 'on',
    LOGIN_FAILURES_PER_DEVICE: '1/1d',
    TRUSTED_PROXIES: 'loopback',
  })
  const web = await startWeb(api.url, { TRUSTED_PROXIES: 'loopback' })
  const openFrom = async (address: string) => {
    const headers = { 'x-forwarded-for': address }
    const page = await browser.newPage({ baseURL: web.url, extraHTTPHeaders: headers })
    return new LoginPage(page)
  }
  const guesser = await openFrom('203.0.113.66')
  const owner = await openFrom('198.51.100.7')
  try {
    await guesser.open()
    const notice = guesser.page.getByText(/That was too often. Please wait \d+ (seconds?|minutes?)\./)
    await expect(async () => {
      await guesser.enter({ ...newcomer, password: 'a guess' })
      await guesser.button.click()
      await expect(notice).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(guesser.email).toHaveValue(newcomer.email)
    await expect(guesser.page.getByText(/^You can try again in \d\d:\d\d:\d\d\.$/)).toBeVisible()
    await expect(guesser.page.getByText('You can try again now.')).toBeVisible()
    await owner.logInByForm(newcomer)
  } finally {
    await guesser.page.close()
    await owner.page.close()
    await web.stop()
    await api.stop()
  }
})
