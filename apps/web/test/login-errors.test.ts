import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('wrong password and unknown email get the same message; the email stays', async ({
  page,
  loginPage,
}) => {
  await loginPage.open()
  for (const email of [people.ada.email, 'nobody@example.com']) {
    await loginPage.enter({ email, password: 'not it' })
    await loginPage.button.click()
    await expect(page.getByText('That email and password do not match.')).toBeVisible()
    await expect(loginPage.password).toBeFocused()
    await expect(loginPage.password).toHaveValue('')
    await expect(loginPage.email).toHaveValue(email)
    await expect(loginPage.password).toHaveAttribute('aria-invalid', 'true')
    await expect(loginPage.password).toHaveAccessibleDescription('That email and password do not match.')
    await expect(loginPage.email).toHaveAttribute('aria-invalid', 'false')
    await expect(page.getByRole('alert').filter({ hasText: 'do not match' })).toHaveCount(1)
  }
})

test('blank fields are named beside them, and the first has the focus', async ({ page, loginPage }) => {
  await loginPage.open()
  await loginPage.button.click()
  await expect(loginPage.email).toHaveAccessibleDescription('Enter your email address.')
  await expect(loginPage.password).toHaveAccessibleDescription('Enter your password.')
  await expect(loginPage.email).toBeFocused()
  await expect(page.getByRole('alert').filter({ hasText: 'Enter your' })).toHaveCount(2)

  await loginPage.email.fill(people.ada.email)
  await loginPage.button.click()
  await expect(loginPage.email).toHaveAttribute('aria-invalid', 'false')
  await expect(loginPage.password).toBeFocused()
})

test('a password can be shown, and is hidden again when sent', async ({ page, loginPage }) => {
  await loginPage.open()
  await loginPage.enter({ email: people.ada.email, password: 'not it' })
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(loginPage.password).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Show password', pressed: true }).click()
  await expect(loginPage.password).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show password' }).click()
  await loginPage.button.click()
  await expect(page.getByText('do not match')).toBeVisible()
  await expect(loginPage.password).toHaveAttribute('type', 'password')
})

test('password managers find what they look for', async ({ loginPage }) => {
  await loginPage.open()
  await expect(loginPage.email).toHaveAttribute('autocomplete', 'username')
  await expect(loginPage.email).toHaveAttribute('inputmode', 'email')
  await expect(loginPage.password).toHaveAttribute('autocomplete', 'current-password')
})

test('a page that does not exist says so and leads back', async ({ page }) => {
  const answer = await page.goto('/no-such-page')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This flyer is gone')
  await page.getByRole('link', { name: 'Back to your account' }).click()
  await expect(page).toHaveURL('/login')
})
