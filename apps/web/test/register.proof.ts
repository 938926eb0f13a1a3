import { startTestApi } from '@pockitflyer/testing'
import { expect, test } from './fixtures.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { cookieNames } from './session-cookies.ts'
import { startWeb } from './web-server.ts'

test('without a display name there is an account all the same', async ({ page }) => {
  const registerPage = new RegisterPage(page)
  await page.goto('/register')
  await registerPage.enter({ ...makePerson(), display_name: '   ' })
  await registerPage.button.click()
  await expect(page.getByRole('link', { name: 'Add your name' })).toBeVisible()
})

test('a double click creates one account, and the button shows progress', async ({ page, context }) => {
  const person = makePerson()
  const registerPage = new RegisterPage(page)
  const answer = Promise.withResolvers<void>()
  const sent: string[] = []
  await page.route('/register', async (route) => {
    if (route.request().method() === 'POST') {
      sent.push(route.request().url())
      await answer.promise
    }
    await route.continue()
  })
  await page.goto('/register')
  await registerPage.enter(person)
  await registerPage.button.dblclick()
  await expect(page.getByRole('button', { name: 'Creating your account…' })).toBeFocused()
  answer.resolve()
  await expect(page.getByText('Welcome! Your account is ready.')).toBeVisible()
  expect(sent).toHaveLength(1)
  expect((await context.cookies()).map(({ name }) => name)).toContain(cookieNames.refresh)
})

test('the page redirects a logged-in user', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/register')
  await expect(page).toHaveURL('/account')
})

test('where registration is closed nothing leads to it', async ({ browser }) => {
  const api = await startTestApi(process.env['TEST_STACK_DATABASE_URL'] ?? '', { REGISTRATION: 'false' })
  const web = await startWeb(api.url)
  const page = await browser.newPage({ baseURL: web.url })
  try {
    await page.goto('/login')
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Create an account' })).toHaveCount(0)
    await page.goto('/register')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Registration is closed')
    await page.getByRole('link', { name: 'Log in' }).click()
    await expect(page).toHaveURL('/login')
  } finally {
    await page.close()
    await web.stop()
    await api.stop()
  }
})
