import { startTestApi } from '@pockitflyer/testing'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { startWeb } from './web-server.ts'

test('strangers at an address lock out no owner of a known browser', async ({ browser, newcomer }) => {
  const api = await startTestApi(process.env['TEST_STACK_DATABASE_URL'] ?? '', {
    RATE_LIMITS: 'on',
    LOGIN_FAILURES_PER_ADDRESS: '2/1h',
    TRUSTED_PROXIES: 'loopback',
  })
  const web = await startWeb(api.url, { TRUSTED_PROXIES: 'loopback' })
  const at = (address: string) => ({ 'x-forwarded-for': address })
  const address = '198.51.100.7'
  const guess = async () => {
    const answer = await fetch(`${api.url}/api/users/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...at(address) },
      body: JSON.stringify({ email: 'somebody@example.com', password: 'a guess' }),
    })
    return answer.status
  }
  const context = await browser.newContext({ baseURL: web.url, extraHTTPHeaders: at(address) })
  const elsewhere = await browser.newContext({ baseURL: web.url, extraHTTPHeaders: at(address) })
  try {
    const owner = new LoginPage(await context.newPage())
    await owner.logInByForm(newcomer)
    await owner.page.getByRole('button', { name: 'Log out' }).click()
    await expect(owner.page).toHaveURL(/\/login/)
    const cookie = (await context.cookies()).find(({ name }) => name === '__Host-pf_device')
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 179 * 86_400)

    await expect.poll(guess).toBe(429)
    await owner.logInByForm(newcomer)

    const stranger = new LoginPage(await elsewhere.newPage())
    await stranger.open()
    await stranger.enter(newcomer)
    await stranger.button.click()
    await expect(stranger.page.getByText(/That was too often/)).toBeVisible()
  } finally {
    await context.close()
    await elsewhere.close()
    await web.stop()
    await api.stop()
  }
})
