import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test.use({ javaScriptEnabled: false })

test('without JavaScript a login outlasts a reload and ends with the logout', async ({ page, loginPage }) => {
  await loginPage.logInByForm(people.grace)
  await page.reload()
  await expect(page.getByText('Grace Hopper')).toBeVisible()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('Grace Hopper')).toHaveCount(0)
  await page.goto('/account')
  await expect(page).toHaveURL('/login')
})

test('without JavaScript a wrong password is explained and the email stays', async ({ page, loginPage }) => {
  await loginPage.open()
  await loginPage.enter({ email: people.ada.email, password: 'not it' })
  await loginPage.button.click()
  await expect(page.getByText('That email and password do not match.')).toBeVisible()
  await expect(loginPage.email).toHaveValue(people.ada.email)
  await expect(loginPage.password).toHaveValue('')
  await expect(loginPage.password).toHaveAccessibleDescription('That email and password do not match.')
  await expect(loginPage.password).toBeFocused()
  expect(await page.content()).not.toContain('not it')

  await loginPage.password.fill(people.ada.password)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
})

test('without JavaScript there is no button that does nothing', async ({ page, loginPage }) => {
  await loginPage.open()
  await expect(loginPage.button).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show password' })).toBeHidden()
})
