import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('after a logout the back button shows nothing private, however far back', async ({
  page,
  loginPage,
}) => {
  await loginPage.logInByForm(people.ada)
  for (const name of ['Devices', 'Password', 'Profile']) await page.getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  for (const _ of [1, 2, 3, 4]) {
    await page.goBack()
    await expect(loginPage.button).toBeVisible()
    await expect(page.getByText(people.ada.email)).toHaveCount(0)
  }
})

test('an account without a bio says so', async ({ page, loginPage }) => {
  await loginPage.logInByForm(people.ada)
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
})

test('a visitor without a session goes from account to login', async ({ page }) => {
  await page.goto('/account')
  await expect(page).toHaveURL('/login')
})
