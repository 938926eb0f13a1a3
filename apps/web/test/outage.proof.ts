import { startInFrontOf } from './broken-service.ts'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { people } from './people.ts'
import { cookieNames, readTokens } from './session-cookies.ts'

test('an overloaded service asks for another try', async ({ browser }) => {
  const web = await startInFrontOf((response) => {
    const data = { code: 'overloaded', httpStatus: 503, path: 'auth.login' }
    response.writeHead(503, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify([{ error: { message: 'The service is busy.', code: -32603, data } }]))
  })
  const page = await browser.newPage({ baseURL: web.url })
  try {
    const loginPage = new LoginPage(page)
    await loginPage.open()
    await loginPage.enter(people.ada)
    await loginPage.button.click()
    await expect(page.getByRole('alert').filter({ hasText: 'Many people are here right now.' })).toBeVisible()
  } finally {
    await page.close()
    await web.stop()
  }
})

test.describe('while the API is down', () => {
  test.beforeEach(({ gated }) => gated.gate.open())
  test.use({ baseURL: ({ gated }, use) => use(gated.url) })

  test('the account says so, keeps the session, and shows it again afterwards', async ({
    page,
    context,
    loginPage,
    gated,
  }) => {
    await loginPage.logIn(people.ada)
    const before = await readTokens(context)
    await gated.gate.shut()
    await page.reload()
    await expect(page.getByText('You are still logged in.')).toBeVisible()
    await context.clearCookies({ name: cookieNames.access })
    await page.goto('/account')
    await expect(page.getByText('You are still logged in.')).toBeVisible()
    expect(await readTokens(context)).toEqual({ refresh: before.refresh })

    await gated.gate.open()
    await page.getByRole('link', { name: 'Try again' }).click()
    await expect(page.getByText(people.ada.email)).toBeVisible()
  })

  test('a logout still forgets the session in this browser', async ({ page, context, loginPage, gated }) => {
    await loginPage.logIn(people.ada)
    await gated.gate.shut()
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(
      page.getByText('You are logged out in this browser. We could not reach our service'),
    ).toBeVisible()
    expect(await readTokens(context)).toEqual({})
  })
})
