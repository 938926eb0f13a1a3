import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { logInElsewhere } from './other-device.ts'
import { readSessionId } from './session-claims.ts'

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

test('a device that was logged out meanwhile is no failure', async ({
  page,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  const other = await browser.newContext({ baseURL: baseURL ?? '', userAgent: firefox })
  const otherPage = await other.newPage()
  await new LoginPage(otherPage).logIn(newcomer)
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await otherPage.getByRole('button', { name: 'Log out' }).click()
  await expect(otherPage.getByText('You are logged out.')).toBeVisible()
  await page.getByRole('button', { name: 'Log out (Firefox on Android)' }).click()
  await expect(page.getByText('That device is logged out.')).toBeVisible()
  await other.close()
})

test("no form logs out another user's device", async ({
  page,
  browser,
  loginPage,
  newcomer,
  accounts,
  baseURL,
}) => {
  const victim = { ...newcomer, email: `victim-${newcomer.email}` }
  await accounts.add(victim)
  const other = await browser.newContext({ baseURL: baseURL ?? '' })
  const otherPage = await other.newPage()
  await new LoginPage(otherPage).logIn(victim)
  const sid = await readSessionId(other)

  const spare = await browser.newContext({ baseURL: baseURL ?? '' })
  await new LoginPage(await spare.newPage()).logIn(newcomer)
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await page.locator('input[name=id]').evaluate((input: HTMLInputElement, id) => (input.value = id), sid)
  await page.getByRole('button', { name: /^Log out \(/ }).click()
  await expect(page.getByText('That device is logged out.')).toBeVisible()
  await otherPage.reload()
  await expect(otherPage).toHaveURL('/account')
  await other.close()
  await spare.close()
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('mails of new devices are turned off, and on again', async ({ page, loginPage, newcomer }) => {
      await loginPage.logIn(newcomer)
      await page.goto('/account/sessions')
      const off = page.getByRole('button', { name: 'Turn these mails off' })
      const on = page.getByRole('button', { name: 'Turn these mails on' })
      await off.click()
      await expect(page.getByText('We mail you of new devices no more.')).toBeVisible()
      await page.goto('/account/sessions')
      await expect(page.getByText('We do not mail you when a new device logs in.')).toBeVisible()
      await on.click()
      await expect(page.getByText('We mail you when a new device logs in.')).toBeVisible()
      await expect(off).toBeVisible()
    })
  })
}

/** Without JavaScript: a page would write its true zone again. */
test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a time zone that is none is UTC, and says so', async ({
    context,
    loginPage,
    page,
    newcomer,
    baseURL,
  }) => {
    await loginPage.logIn(newcomer)
    for (const zone of ['nowhere', '../../etc', 'x'.repeat(3000), '<script>']) {
      await context.addCookies([
        { name: 'pf_zone', value: encodeURIComponent(zone), url: baseURL ?? '', sameSite: 'Lax' },
      ])
      await page.goto('/account/sessions')
      await expect(page.getByRole('main').locator('time').first()).toContainText('UTC')
    }
  })
})

test('all others are logged out at once, then none are left', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await expect(page.getByText('You are logged in nowhere else.')).toBeVisible()
  const others = [await logInElsewhere(newcomer, firefox), await logInElsewhere(newcomer, firefox)]

  await page.reload()
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  await expect(page.getByText('You are logged out everywhere else.')).toBeVisible()
  await expect(page.getByText('You are logged in nowhere else.')).toBeVisible()
  for (const other of others) expect(await other.isLoggedIn()).toBe(false)
  await page.reload()
  await expect(page).toHaveURL(/\/account\/sessions/)
})
