import { startInFrontOf } from './broken-service.ts'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { people } from './people.ts'
import { cookieNames, readTokens } from './session-cookies.ts'

test.describe('while the API is down', () => {
  test.beforeEach(({ gated }) => gated.gate.open())
  test.use({ baseURL: ({ gated }, use) => use(gated.url) })

  test('the login says so, and works as soon as the API is back', async ({ page, loginPage, gated }) => {
    await loginPage.open()
    await gated.gate.shut()
    await loginPage.enter(people.ada)
    await loginPage.button.click()
    const notice = page.getByRole('alert').filter({ hasText: 'We cannot reach our service right now.' })
    await expect(notice).toBeVisible()
    await expect(loginPage.email).toHaveValue(people.ada.email)
    await gated.gate.open()
    await loginPage.password.fill(people.ada.password)
    await loginPage.button.click()
    await expect(page).toHaveURL('/account')
  })

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
    await expect(page.getByText('You are logged out.')).toBeVisible()
    expect(await readTokens(context)).toEqual({})
  })

  test('its paths answer 502 with a reason', async ({ request, gated }) => {
    await gated.gate.shut()
    const answer = await request.get('/api/users/me/')
    expect(answer.status()).toBe(502)
    expect(await answer.json()).toEqual({ detail: 'The service cannot be reached. Try again in a moment.' })
  })
})

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
