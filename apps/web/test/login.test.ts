import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('a login lasts over a reload and ends with the logout', async ({ page, loginPage }) => {
  await loginPage.logInByForm(people.grace)
  await page.reload()
  await expect(page).toHaveTitle('Your account · Pockitflyer')
  await expect(page.getByText('Grace Hopper')).toBeVisible()
  await expect(page.getByText('Favourite colour: teal.')).toBeVisible()

  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await page.goto('/account')
  await expect(page).toHaveURL('/login')
})

test('the front door leads to the login or the account', async ({ page, loginPage }) => {
  await page.goto('/')
  await expect(page).toHaveURL('/login')
  await expect(page).toHaveTitle('Log in · Pockitflyer')
  await loginPage.logInByForm(people.ada)
  await page.goto('/')
  await expect(page).toHaveURL('/account')
  await page.goto('/login')
  await expect(page).toHaveURL('/account')
})

test('a notice is read out with the title, and said once', async ({ page }) => {
  await page.goto('/login?notice=logged-out')
  await expect(page).toHaveTitle('You are logged out. Log in · Pockitflyer')
  await expect(page.getByRole('status').filter({ hasText: 'You are logged out.' })).toBeVisible()
  await expect(page).toHaveURL('/login')
  await page.reload()
  await expect(page).toHaveTitle('Log in · Pockitflyer')
  await expect(page.getByText('You are logged out.')).toHaveCount(0)
})

test('an impatient double click sends the form once', async ({ page, loginPage }) => {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await loginPage.open()
  await loginPage.enter({ email: people.ada.email, password: 'not it' })
  await loginPage.button.dblclick()
  await expect(page.getByText('do not match')).toBeVisible()
  // A second sending would wait for the first answer, and the button would still be busy with it.
  await expect(loginPage.button).toBeVisible()
  expect(sent).toHaveLength(1)
})

test('while logging in the button says so and keeps the focus', async ({ page, loginPage }) => {
  const answer = Promise.withResolvers<void>()
  await page.route('/login', async (route) => {
    if (route.request().method() === 'POST') await answer.promise
    await route.continue()
  })
  await loginPage.open()
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  const pending = page.getByRole('button', { name: 'Logging in…' })
  await expect(pending).toHaveAttribute('aria-disabled', 'true')
  await expect(pending).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'Logging in…' })).toBeAttached()
  answer.resolve()
  await expect(page).toHaveURL('/account')
})

test('the keyboard alone is enough', async ({ page, loginPage }) => {
  await loginPage.open()
  await expect(loginPage.email).toBeFocused()
  await page.keyboard.type(people.ada.email)
  await page.keyboard.press('Tab')
  await expect(loginPage.password).toBeFocused()
  await page.keyboard.type(people.ada.password)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(loginPage.password).toHaveAttribute('type', 'text')
  await page.keyboard.press('Tab')
  await expect(loginPage.button).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Log out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('You are logged out.')).toBeVisible()
})
