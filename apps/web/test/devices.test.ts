import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { readSessionId } from './session-claims.ts'
import { readTokens } from './session-cookies.ts'

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15'

test('every device is listed with what it is, this one first and marked', async ({
  page,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  const phone = await browser.newContext({ baseURL: baseURL ?? '', userAgent: firefox })
  await new LoginPage(await phone.newPage()).logIn(newcomer)
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await expect(page).toHaveTitle('Your devices · Pockitflyer')
  const items = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Logged in' })
  await expect(items).toHaveCount(2)
  await expect(items.first()).toContainText('This device')
  await expect(items.first().getByRole('button')).toHaveCount(0)
  await expect(items.nth(1)).toContainText('Firefox on Android')
  await expect(items.nth(1)).toContainText('127.0.0.1')
  await phone.close()
})

test('one device is logged out, the others are not, and it is said and focused', async ({
  page,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  const devices = await Promise.all(
    [firefox, safari].map((userAgent) => browser.newContext({ baseURL: baseURL ?? '', userAgent })),
  )
  const pages = await Promise.all(devices.map((device) => device.newPage()))
  for (const tab of pages) await new LoginPage(tab).logIn(newcomer)
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Devices' }).click()
  await page.getByRole('button', { name: 'End session (Firefox on Android)' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'That device is logged out.' })
  await expect(notice).toBeVisible()
  expect(await notice.evaluate((element) => element.parentElement === document.activeElement)).toBe(true)
  await expect(page.getByText('Firefox on Android')).toHaveCount(0)

  await pages[0]?.goto('/account')
  await expect(pages[0] ?? page).toHaveURL('/login?notice=session-ended')
  await pages[1]?.goto('/account')
  await expect(pages[1] ?? page).toHaveURL('/account')
  for (const device of devices) await device.close()
})

test('all others are logged out at once, and then there is nothing left to log out', async ({
  page,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await expect(page.getByText('You are logged in nowhere else.')).toBeVisible()
  const devices = await Promise.all([1, 2].map(() => browser.newContext({ baseURL: baseURL ?? '' })))
  const pages = await Promise.all(devices.map((device) => device.newPage()))
  for (const tab of pages) await new LoginPage(tab).logIn(newcomer)

  await page.reload()
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  await expect(page.getByText('You are logged out everywhere else.')).toBeVisible()
  await expect(page.getByText('You are logged in nowhere else.')).toBeVisible()
  for (const tab of pages) {
    await tab.goto('/account/sessions')
    await expect(tab.getByText('Your session has ended.')).toBeVisible()
  }
  await page.reload()
  await expect(page).toHaveURL(/\/account\/sessions/)
  for (const device of devices) await device.close()
})

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
  await page.getByRole('button', { name: 'End session (Firefox on Android)' }).click()
  await expect(page.getByText('That device is logged out.')).toBeVisible()
  await other.close()
})

test('a session whose used-up token came back is pointed out', async ({
  page,
  loginPage,
  newcomer,
  accounts,
  context,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await expect(page.getByText('Somebody may have copied this session')).toHaveCount(0)
  await accounts.db
    .updateTable('sessions')
    .set({ generation: 2, rotated_at: new Date(Date.now() - 60_000) })
    .where('id', '=', await readSessionId(context))
    .execute()
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.refresh.mutate({ refresh })
  await page.reload()
  await expect(page.getByText('Somebody may have copied this session')).toBeVisible()
})

test('nobody logs out the device of somebody else, whatever id the form is given', async ({
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
  await page.getByRole('button', { name: /End session/ }).click()
  await expect(page.getByText('That device is logged out.')).toBeVisible()
  await otherPage.reload()
  await expect(otherPage).toHaveURL('/account')
  await other.close()
  await spare.close()
})

test.describe('in another country', () => {
  test.use({ locale: 'de-DE', timezoneId: 'Asia/Tokyo' })

  test('times are written in the language and the zone of the reader, from the first paint', async ({
    page,
    loginPage,
    newcomer,
  }) => {
    await loginPage.logIn(newcomer)
    const texts: string[] = []
    const answer = await page.goto('/account/sessions')
    texts.push((await answer?.text()) ?? '')
    const time = page.getByRole('main').locator('time').first()
    const at = (await time.getAttribute('datetime')) ?? ''
    const expected = new Intl.DateTimeFormat('de-DE', {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Asia/Tokyo',
    }).format(new Date(at))
    await expect(time).toHaveText(expected)
    await expect(time).toHaveAttribute('lang', /^de/)
    expect(texts[0]).toContain(expected)
  })
})

test('a time zone that is none is UTC, and says so', async ({
  context,
  loginPage,
  page,
  newcomer,
  baseURL,
}) => {
  await loginPage.logIn(newcomer)
  for (const zone of ['nowhere', '../../etc', 'x'.repeat(3000), '<script>']) {
    await page.goto('about:blank')
    await context.addCookies([
      { name: 'pf_zone', value: encodeURIComponent(zone), url: baseURL ?? '', sameSite: 'Lax' },
    ])
    await page.goto('/account/sessions')
    await expect(page.getByRole('main').locator('time').first()).toContainText('UTC')
  }
})
