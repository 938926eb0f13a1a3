import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'

const newPassword = 'another flyer on the wall'

test('a changed password works, the old fails, other devices are logged out', async ({
  page,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  const other = await browser.newContext({ baseURL: baseURL ?? '' })
  const otherPage = await other.newPage()
  await new LoginPage(otherPage).logIn(newcomer)
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Password' }).click()
  await page.getByLabel('Current password', { exact: true }).fill(newcomer.password)
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()

  await page.reload()
  await expect(page.getByText(newcomer.email)).toBeVisible()
  await otherPage.goto('/account/password')
  await expect(otherPage.getByText('Your session has ended.')).toBeVisible()
  const otherLogin = new LoginPage(otherPage)
  await otherLogin.enter(newcomer)
  await otherLogin.button.click()
  await expect(otherPage.getByText('do not match')).toBeVisible()
  await otherLogin.password.fill(newPassword)
  await otherLogin.button.click()
  await expect(otherPage).toHaveURL('/account/password')
  await other.close()
})
