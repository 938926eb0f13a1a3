import { expect, test } from './fixtures.ts'

test.use({ javaScriptEnabled: false })

test('without JavaScript blank fields are named beside them', async ({ loginPage }) => {
  await loginPage.open()
  await loginPage.button.click()
  await expect(loginPage.email).toHaveAccessibleDescription('This field may not be blank.')
  await expect(loginPage.password).toHaveAccessibleDescription('This field may not be blank.')
  await expect(loginPage.email).toBeFocused()
})
