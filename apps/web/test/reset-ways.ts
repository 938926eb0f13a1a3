import { type Browser, expect, type Page } from '@playwright/test'
import type { Accounts } from './accounts.ts'
import { LoginPage } from './login-page.ts'
import { readMailSecrets } from './mailbox.ts'
import type { Person } from './people.ts'
import { ResetPage } from './reset-page.ts'

/** What a way to another password needs of a test. */
interface Reset {
  page: Page
  accounts: Accounts
  newcomer: Person
}

export const newPassword = 'seven ferries at noon'

/** Asks for the mail, follows its link in the same browser and logs in by the new password. */
export async function resetByLink({ page, accounts, newcomer }: Reset): Promise<void> {
  const reset = new ResetPage(page)
  const loginPage = new LoginPage(page)
  await loginPage.open()
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await expect(page).toHaveURL('/forgot-password')
  await reset.ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  await page.goto(path)
  await expect(reset.goOn).toBeVisible()
  await expect(reset.code).toHaveCount(0)
  await reset.goOn.click()
  await expect(reset.newPassword).toBeVisible()
  await expect(page).toHaveURL('/reset-password')
  await reset.choose(newPassword)
  await expect(page.getByText('Your password has changed.', { exact: true })).toBeVisible()
  const names = (await page.context().cookies()).map(({ name }) => name)
  expect(names.filter((name) => /pf_(ask|proof|access|refresh)/.test(name))).toEqual([])
  await loginPage.enter({ email: newcomer.email, password: newPassword })
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
}

/** Asks for the mail, follows its link in another browser and enters the code there. */
export async function resetElsewhere(
  { page, accounts, newcomer }: Reset,
  { browser, baseURL }: { browser: Browser; baseURL: string },
): Promise<void> {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { path, code } = await readMailSecrets(accounts.db, newcomer.email)
  const context = await browser.newContext({ baseURL })
  const other = new ResetPage(await context.newPage())
  await other.page.goto(path)
  await other.goOn.click()
  await expect(other.page.getByText('asked for in another browser')).toBeVisible()
  await other.code.fill(otherThan(code))
  await other.goOn.click()
  await expect(other.page.getByText('This code does not fit.')).toBeVisible()
  await expect(other.newPassword).toHaveCount(0)
  await other.code.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await other.goOn.click()
  await other.choose(newPassword)
  await context.close()
}

/** Asks for the mail and enters its code, after a wrong one, where it was asked for. */
export async function resetByCode({ page, accounts, newcomer }: Reset): Promise<void> {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { code } = await readMailSecrets(accounts.db, newcomer.email)
  await reset.code.fill(otherThan(code))
  await reset.goOn.click()
  await expect(page.getByText('This code does not fit.')).toBeVisible()
  await reset.code.fill(code)
  await reset.goOn.click()
  await expect(page).toHaveURL('/reset-password')
  await reset.choose(newPassword)
}

/** A code that is not this one. */
function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}
