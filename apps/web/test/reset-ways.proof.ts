import { expect, test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { ResetPage } from './reset-page.ts'
import { newPassword, resetByCode, resetElsewhere } from './reset-ways.ts'

test('another browser with scripts needs the code of the mail', async ({
  page,
  browser,
  accounts,
  newcomer,
  baseURL,
}) => resetElsewhere({ page, accounts, newcomer }, { browser, baseURL: baseURL ?? '' }))

test('the code may be typed where the mail was asked for', async ({ page, accounts, newcomer }) =>
  resetByCode({ page, accounts, newcomer }))

test('a refused password keeps the form and the link', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  await page.goto((await readMailSecrets(accounts.db, newcomer.email)).path)
  await reset.goOn.click()
  await reset.newPassword.fill('password')
  await reset.save.click()
  await expect(page.getByText('Many people use this password')).toBeVisible()
  await expect(reset.newPassword).toBeFocused()
  await reset.choose(newPassword)
})

test('a used link says so and leads to a new mail', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  await page.goto(path)
  await reset.goOn.click()
  await reset.choose(newPassword)
  await page.goto(path)
  await reset.goOn.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link was used')
  await page.getByRole('link', { name: 'Send a new mail' }).click()
  await expect(page).toHaveURL('/forgot-password')
})
