import { expect, test } from './fixtures.ts'

const newPassword = 'another flyer on the wall'

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

test('an error stands beside its focused field; no password comes back', async ({
  page,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/password')
  const current = page.getByLabel('Current password', { exact: true })
  const next = page.getByLabel('New password', { exact: true })
  const button = page.getByRole('button', { name: 'Change password' })

  await button.click()
  await expect(current).toHaveAccessibleDescription('Enter your current password.')
  await expect(next).toHaveAccessibleDescription(/Enter a new password/)
  await expect(current).toBeFocused()

  const attempts = [
    { current: 'not it', next: newPassword, wrong: current, text: /not your current password/ },
    { current: newcomer.password, next: 'short', wrong: next, text: /too short/ },
    { current: newcomer.password, next: 'password1', wrong: next, text: /Many people use this password/ },
    {
      current: newcomer.password,
      next: newcomer.password,
      wrong: next,
      text: /This is your current password/,
    },
    { current: newcomer.password, next: '𝒳'.repeat(300), wrong: next, text: /at most 1,024 bytes/ },
    { current: 'x'.repeat(1025), next: newPassword, wrong: current, text: /at most 1,024 bytes/ },
  ]
  for (const attempt of attempts) {
    await current.fill(attempt.current)
    await next.fill(attempt.next)
    await button.click()
    await expect(attempt.wrong).toHaveAccessibleDescription(attempt.text)
    await expect(attempt.wrong).toBeFocused()
    await expect(current).toHaveValue('')
    await expect(next).toHaveValue('')
    await expect(page).toHaveURL('/account/password')
  }
})
