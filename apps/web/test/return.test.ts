import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('a login returns to the page that asked, despite detours', async ({ page, loginPage }) => {
  await page.goto('/account/sessions')
  await expect(page).toHaveURL('/login?next=%2Faccount%2Fsessions')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByRole('link', { name: 'Log in' }).click()
  await loginPage.enter({ ...people.ada, password: 'not it' })
  await loginPage.button.click()
  await expect(page.getByText('do not match')).toBeVisible()
  await loginPage.password.fill(people.ada.password)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account/sessions')
  await page.goto('/login?next=/account/password')
  await expect(page).toHaveURL('/account/password')
})
