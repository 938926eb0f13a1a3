import type { Page } from '@playwright/test'
import { EmailPage } from './email-page.ts'
import { expect, test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { sendRobot } from './robot.ts'

const changed = (page: Page) =>
  expect(page.getByRole('heading', { level: 1 })).toHaveText('Your email has changed')

test('the link changes the email in the browser that asked', async ({
  page,
  loginPage,
  accounts,
  newcomer,
}) => {
  const email = new EmailPage(page)
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Change your email' }).click()
  await email.newEmail.fill(`new-${newcomer.email}`)
  await email.password.fill('not it')
  await email.send.click()
  await expect(email.password).toHaveAccessibleDescription(/not your current password/)
  await email.ask(newcomer)
  const { path } = await readMailSecrets(accounts.db, `new-${newcomer.email}`, '/change-email')
  await page.goto(path)
  await expect(email.code).toHaveCount(0)
  await email.confirm.click()
  await changed(page)
  await page.getByRole('link', { name: 'Go to your account' }).click()
  await expect(page.getByText(`new-${newcomer.email}`)).toBeVisible()
})

test('the old mailbox undoes the change with the code', async ({
  page,
  browser,
  loginPage,
  accounts,
  newcomer,
  baseURL,
}) => {
  const email = new EmailPage(page)
  await loginPage.logIn(newcomer)
  await page.goto('/account/email')
  await email.ask(newcomer)
  const { code } = await readMailSecrets(accounts.db, `new-${newcomer.email}`)
  await email.code.fill(code)
  await email.goOn.click()
  await changed(page)

  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' })
  const owner = await elsewhere.newPage()
  const notice = await readMailSecrets(accounts.db, newcomer.email, '/undo')
  await owner.goto(notice.path)
  const undo = owner.getByRole('button', { name: 'Undo the change' })
  await undo.click()
  await expect(new EmailPage(owner).code).toHaveAccessibleDescription(/Type the code from the mail/)
  await new EmailPage(owner).code.fill(notice.code)
  await undo.click()
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('The change is undone')

  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
  await elsewhere.close()
})

/** `robot.proof.ts` sends it to the other mails' links too. */
test('another browser needs the code, and a robot changes nothing', async ({
  page,
  browser,
  request,
  loginPage,
  accounts,
  newcomer,
  baseURL,
}) => {
  const email = new EmailPage(page)
  await loginPage.logIn(newcomer)
  await page.goto('/account/email')
  await email.ask(newcomer)
  const { path, code } = await readMailSecrets(accounts.db, `new-${newcomer.email}`, '/change-email')
  await sendRobot({ browser, request, baseURL: baseURL ?? '' }, path, 1)
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const other = new EmailPage(await context.newPage())
  await other.page.goto(path)
  await expect(other.page).toHaveURL('/change-email')
  await other.code.fill(code)
  await other.confirm.click()
  await changed(other.page)
  await context.close()
})

test('a change is cancelled, and its link says so', async ({ page, loginPage, accounts, newcomer }) => {
  const email = new EmailPage(page)
  await loginPage.logIn(newcomer)
  await page.goto('/account/email')
  await email.ask(newcomer)
  const { path } = await readMailSecrets(accounts.db, `new-${newcomer.email}`, '/change-email')
  await page.getByRole('button', { name: 'Keep the email that I have' }).click()
  await expect(page.getByText('Your email stays as it is.')).toBeVisible()
  await page.goto(path)
  await email.confirm.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work')
})
