import { expectNoViolation } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { startInFrontOf } from './broken-service.ts'
import { people } from './people.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

test.describe('axe finds nothing in light and dark', () => {
  test('on the pages of a stranger, with their errors', async ({ page, loginPage }) => {
    await loginPage.open()
    await expectNoViolation(page, 'login')
    await loginPage.button.click()
    await expect(loginPage.email).toBeFocused()
    await expectNoViolation(page, 'login, blank')
    await loginPage.enter({ ...people.ada, password: 'not it' })
    await loginPage.button.click()
    await expect(page.getByText('do not match')).toBeVisible()
    await page.getByRole('button', { name: 'Show password' }).click()
    await expectNoViolation(page, 'login, wrong')
    await page.goto('/login?notice=session-ended')
    await expectNoViolation(page, 'login, session ended')
    await page.goto('/register')
    await expectNoViolation(page, 'register')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Email')).toBeFocused()
    await expectNoViolation(page, 'register, blank')
    await page.goto('/no-such-page')
    await expectNoViolation(page, 'not found')
  })

  test('on the pages of the account, in each of their states', async ({
    page,
    browser,
    loginPage,
    newcomer,
    baseURL,
  }) => {
    const other = await browser.newContext({ baseURL: baseURL ?? '' })
    await new LoginPage(await other.newPage()).logIn(newcomer)
    await loginPage.logInByForm(newcomer)
    await expectNoViolation(page, 'account without a bio')
    await page.goto('/account?edit')
    await expectNoViolation(page, 'profile form')
    await page.getByLabel('Display name').fill('')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByLabel('Display name')).toBeFocused()
    await expectNoViolation(page, 'profile form, blank')
    await page.getByLabel('Display name').fill('Lin')
    await page.getByLabel('About you').fill('Two\nlines')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText('Your profile is saved.')).toBeVisible()
    await expectNoViolation(page, 'account, saved')
    await page.goto('/account/sessions')
    await expectNoViolation(page, 'two devices')
    await page.getByRole('button', { name: 'Log out everywhere else' }).click()
    await expect(page.getByText('You are logged out everywhere else.')).toBeVisible()
    await expectNoViolation(page, 'one device')
    await page.goto('/account/password')
    await expectNoViolation(page, 'password form')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByLabel('Current password', { exact: true })).toBeFocused()
    await expectNoViolation(page, 'password form, blank')
    await other.close()
  })

  test('while a form is on its way', async ({ page, loginPage }) => {
    const answer = Promise.withResolvers<void>()
    await page.route('/login', async (route) => {
      if (route.request().method() === 'POST') await answer.promise
      await route.continue()
    })
    await loginPage.open()
    await loginPage.enter(people.ada)
    await loginPage.button.click()
    await expect(page.getByRole('button', { name: 'Logging in…' })).toBeVisible()
    await expectNoViolation(page, 'pending')
    answer.resolve()
    await expect(page).toHaveURL('/account')
  })

  test('where something failed', async ({ page, context }) => {
    const access = forgeToken({ exp: inSeconds(3600) })
    let isDown = true
    const web = await startInFrontOf((response) => {
      if (isDown) return response.writeHead(500).end()
      response.writeHead(200, { 'Content-Type': 'application/json' })
      return response.end('[{"result":{"data":{}}}]')
    })
    await plantTokens(context, web.url, { access })
    for (const path of ['/account', '/account/sessions', '/account/password']) {
      await page.goto(web.url + path)
      await expect(page.getByText('You are still logged in.')).toBeVisible()
      await expectNoViolation(page, `unavailable ${path}`)
    }
    isDown = false
    await page.goto(`${web.url}/account`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Something went wrong')
    await expectNoViolation(page, 'error page')
    await web.stop()
  })
})
