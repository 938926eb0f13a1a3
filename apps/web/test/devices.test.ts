import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { logInElsewhere } from './other-device.ts'
import { readSessionId } from './session-claims.ts'
import { readTokens } from './session-cookies.ts'

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15'

test('every device is listed, this one first and marked', async ({ page, loginPage, newcomer }) => {
  await logInElsewhere(newcomer, firefox)
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  await expect(page).toHaveTitle('Your devices · Pockitflyer')
  const items = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Logged in' })
  await expect(items).toHaveCount(2)
  await expect(items.first()).toContainText('This device')
  await expect(items.first().getByRole('button')).toHaveCount(0)
  await expect(items.nth(1)).toContainText('Firefox on Android')
  await expect(items.nth(1)).toContainText('127.0.0.1')
})

test('one device is logged out, announced and focused; others stay', async ({
  page,
  loginPage,
  newcomer,
}) => {
  const phone = await logInElsewhere(newcomer, firefox)
  const laptop = await logInElsewhere(newcomer, safari)
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Devices' }).click()
  await page.getByRole('button', { name: 'Log out (Firefox on Android)' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'That device is logged out.' })
  await expect(notice).toBeVisible()
  expect(await notice.evaluate((element) => element.parentElement === document.activeElement)).toBe(true)
  await expect(page.getByText('Firefox on Android')).toHaveCount(0)

  expect(await phone.isLoggedIn()).toBe(false)
  expect(await laptop.isLoggedIn()).toBe(true)
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
  await expect(page.getByText('Somebody may have copied the login of this device')).toHaveCount(0)
  await accounts.db
    .updateTable('sessions')
    .set({ generation: 2, rotated_at: new Date(Date.now() - 60_000) })
    .where('id', '=', await readSessionId(context))
    .execute()
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.refresh.mutate({ refresh })
  await page.reload()
  await expect(page.getByText('Somebody may have copied the login of this device')).toBeVisible()
})

test('times are told as ages; hover and focus show the exact ones', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/sessions')
  const times = page.getByRole('main').locator('.group')
  const twice = new RegExp(`${new Date().getFullYear()}[^]*${new Date().getFullYear()}`)
  const expectAges = () => expect(times).toHaveText(/^Last seen now\s+Logged in now$/, { useInnerText: true })
  await expectAges()
  await times.hover()
  await expect(times).toHaveText(twice, { useInnerText: true })
  await page.mouse.move(0, 0)
  await expectAges()
  await page.getByRole('button', { name: 'Turn these mails off' }).focus()
  await page.keyboard.press('Shift+Tab')
  await expect(times).toHaveText(twice, { useInnerText: true })
})

test.describe('in another country', () => {
  test.use({ locale: 'de-DE', timezoneId: 'Asia/Tokyo' })

  test("times show in the reader's language and zone from first paint", async ({
    page,
    loginPage,
    newcomer,
  }) => {
    await loginPage.logIn(newcomer)
    await expect.poll(() => page.evaluate(() => document.cookie)).toContain('pf_zone')
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
    await time.hover()
    await expect(time).toHaveText(expected, { useInnerText: true })
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    expect(texts[0]).toContain(expected)
  })
})
