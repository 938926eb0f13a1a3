import { expect, test } from './fixtures.ts'

test('spaces and letters of any script are part of a password', async ({ page, loginPage, newcomer }) => {
  const strange = '  пароль مرور 🎪 with spaces  '
  await loginPage.logIn(newcomer)
  await page.goto('/account/password')
  await page.getByLabel('Current password', { exact: true }).fill(newcomer.password)
  await page.getByLabel('New password', { exact: true }).fill(strange)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await loginPage.enter({ ...newcomer, password: strange.trim() })
  await loginPage.button.click()
  await expect(page.getByText('do not match')).toBeVisible()
  await loginPage.logInByForm({ ...newcomer, password: strange })
})

test('a password manager files the new password under the email', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/password')
  await expect(page.locator('input[autocomplete=username]')).toHaveValue(newcomer.email)
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password',
  )
  await expect(page.getByLabel('New password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'new-password',
  )
})
