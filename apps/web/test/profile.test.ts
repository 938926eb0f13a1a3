import { defaultDisplayName } from '@pockitflyer/auth-protocol/schemas'
import { expect, test } from './fixtures.ts'

test('name and bio are edited where they stand, and saved', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Edit profile' }).click()
  await page.getByLabel('Display name').fill('Lin 🎪 O’Neill')
  await page.getByLabel('About you').fill('First line\nשורה שנייה <b>not bold</b>')
  await page.getByRole('button', { name: 'Save profile' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'Your profile is saved.' })
  await expect(notice).toBeVisible()
  await expect(page.locator(':focus').getByRole('status')).toHaveText('Your profile is saved.')
  await page.goto('/account')
  await expect(page.getByText('Lin 🎪 O’Neill', { exact: true })).toBeVisible()
  const bio = page.getByText('First line')
  expect(await bio.evaluate((element) => element.textContent)).toBe('First line\nשורה שנייה <b>not bold</b>')
  await page.getByRole('link', { name: 'Edit profile' }).click()
  await expect(page.getByLabel('About you')).toHaveValue('First line\nשורה שנייה <b>not bold</b>')
})

test('who has no name is called by the email, may add one', async ({
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  const unnamed = { ...newcomer, email: `unnamed-${newcomer.email}`, display_name: defaultDisplayName }
  await accounts.add(unnamed)
  await loginPage.logIn(unnamed)
  await expect(page.getByText(unnamed.email.replace('@example.com', ''), { exact: true })).toBeVisible()
  await expect(page.getByText(defaultDisplayName)).toHaveCount(0)
  await page.getByRole('link', { name: 'Add your name' }).click()
  const name = page.getByLabel('Display name')
  const save = page.getByRole('button', { name: 'Save profile' })
  await expect(name).toHaveValue('')
  await page.getByLabel('About you').fill('I draw.')
  await save.click()
  await expect(page.getByText('I draw.')).toBeVisible()
  await page.getByRole('link', { name: 'Add your name' }).click()
  await name.fill('Lin')
  await save.click()
  await expect(page.getByText('Lin', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Add your name' })).toHaveCount(0)
})

test('an edit that is cancelled changes nothing', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Edit profile' }).click()
  await page.getByLabel('Display name').fill('Somebody Else')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page.getByText(newcomer.display_name)).toBeVisible()
})

test('a lost network leaves the form as it is and says so', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  const bio = page.getByLabel('About you')
  const save = page.getByRole('button', { name: 'Save profile' })
  await bio.fill('I draw.')
  await context.setOffline(true)
  await save.click()
  await expect(page.getByText('You seem to be offline. Nothing was sent.')).toBeVisible()
  await expect(bio).toHaveValue('I draw.')
  await context.setOffline(false)
  await save.click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('I draw.')).toBeVisible()
})
