import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test.describe('while the API is down', () => {
  // One worker: each that has one of these tests starts a web app for them.
  test.describe.configure({ mode: 'default' })
  test.beforeEach(({ gated }) => gated.gate.open())
  test.use({ baseURL: ({ gated }, use) => use(gated.url) })

  test('the login reports the outage and works after it', async ({ page, loginPage, gated }) => {
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

  test('its paths answer 502 with a reason', async ({ request, gated }) => {
    await gated.gate.shut()
    const answer = await request.get('/api/users/me/')
    expect(answer.status()).toBe(502)
    expect(await answer.json()).toEqual({ detail: 'The service cannot be reached. Try again in a moment.' })
  })
})
