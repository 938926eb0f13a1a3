import { expect, test } from './fixtures.ts'

test.use({ javaScriptEnabled: false })

test('without JavaScript blank fields are named beside them', async ({ loginPage }) => {
  await loginPage.open()
  await loginPage.button.click()
  await expect(loginPage.email).toHaveAccessibleDescription('Enter your email address.')
  await expect(loginPage.password).toHaveAccessibleDescription('Enter your password.')
  await expect(loginPage.email).toBeFocused()
})
