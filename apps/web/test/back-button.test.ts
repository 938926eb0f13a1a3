import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'

test('after a logout the back button shows no cached page', async ({
  playwright,
  launchOptions,
  newcomer,
  baseURL,
}) => {
  // Playwright turns the back/forward cache off, which every browser of a visitor has.
  const ignoreDefaultArgs = ['--disable-back-forward-cache']
  const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs })
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const page = await context.newPage()
  try {
    await new LoginPage(page).logIn(newcomer)
    await page.goto('/account')
    await page.goto('/no-such-page')
    await page.goBack()
    await expect(page.getByText(newcomer.email)).toBeVisible()
    await page.goForward()
    const elsewhere = await context.newPage()
    await elsewhere.goto('/account')
    await elsewhere.getByRole('button', { name: 'Log out' }).click()
    await expect(elsewhere.getByText('You are logged out.')).toBeVisible()
    await page.goBack()
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
    await expect(page.getByText(newcomer.email)).toHaveCount(0)
  } finally {
    await browser.close()
  }
})
