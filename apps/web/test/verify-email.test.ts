import { expect, type Page } from '@playwright/test'
import { LoginPage } from './login-page.ts'
import { readMail, readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { test } from './verifying-stack.ts'

const verifyPath = '/verify-email'

async function register(page: Page, person = makePerson()) {
  const form = new RegisterPage(page)
  await page.goto('/register')
  await form.enter(person)
  await form.button.click()
  await expect(page.getByText(`We sent a mail to ${person.email}.`)).toBeVisible()
  return person
}

async function logIn(page: Page, person: { email: string; password: string }) {
  const login = new LoginPage(page)
  await login.enter(person)
  await login.button.click()
}

test('the link confirms the registration, and the login works', async ({ page, verifying }) => {
  const person = await register(page)
  const { path } = await readMailSecrets(verifying.db, person.email, verifyPath)
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
  await logIn(page, person)
  await expect(page).toHaveURL('/account')
})

test('another browser shows who registered, and confirms with the code', async ({
  page,
  browser,
  verifying,
  baseURL,
}) => {
  const person = await register(page)
  const { path, code } = await readMailSecrets(verifying.db, person.email, verifyPath)
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const other = await openElsewhere(await context.newPage(), path)
  await expect(other.getByText('Chrome on Linux')).toBeVisible()
  await other.getByLabel('Code from the mail').fill(code)
  await other.getByRole('button', { name: 'Confirm with the code' }).click()
  await expect(other.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
  await context.close()
})

test('the reader deletes what another person registered, with the code', async ({
  page,
  browser,
  verifying,
  baseURL,
}) => {
  const person = await register(page)
  const { path, code } = await readMailSecrets(verifying.db, person.email, verifyPath)
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const other = await openElsewhere(await context.newPage(), path)
  const reject = other.getByRole('button', { name: 'It was not me: delete it' })
  await reject.click()
  await expect(other.getByText('This code does not fit.')).toBeVisible()
  await other.getByLabel('Code from the mail').fill(code)
  await reject.click()
  await expect(other.getByRole('heading', { name: 'It is deleted' })).toBeVisible()
  await context.close()
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page).toHaveURL('/verify-email?over=invalid')
})

/** Opens a link in a browser that did not register, and asks who did. */
async function openElsewhere(page: Page, path: string): Promise<Page> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Show who registered' }).click()
  await expect(page.getByRole('heading', { name: 'Did you register?' })).toBeVisible()
  return page
}

/** `verify-email-robot.proof.ts` sends the robot itself. */
test('another browser has a button for people, none for robots', async ({
  page,
  browser,
  verifying,
  baseURL,
}) => {
  const person = await register(page)
  const { path } = await readMailSecrets(verifying.db, person.email, verifyPath)
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const other = await openElsewhere(await context.newPage(), path)
  const button = other.getByRole('button', { name: 'Confirm this email' })
  await expect(button).toHaveCount(0)
  await expect(async () => {
    await other.mouse.move(Math.random() * 100, 100)
    await expect(button).toBeVisible({ timeout: 100 })
  }).toPass()
  await button.click()
  await expect(other.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
  await context.close()
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
})

test('a browser that registered itself is asked about the link of another', async ({
  page,
  browser,
  verifying,
  baseURL,
}) => {
  const stranger = await register(page)
  const { path } = await readMailSecrets(verifying.db, stranger.email, verifyPath)
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const own = await context.newPage()
  await register(own)
  await own.goto(path)
  await own.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(own.getByRole('heading', { name: 'Did you register?' })).toBeVisible()
  await context.close()
})

test('no login works before the proof, and the link still does', async ({ page, verifying }) => {
  const person = await register(page)
  const { path } = await readMailSecrets(verifying.db, person.email, verifyPath)
  await page.goto('/login')
  await logIn(page, person)
  await expect(page.getByText('do not match')).toBeVisible()
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
})

test('a taken email meets the same page, its owner another mail', async ({ page, verifying }) => {
  const person = await register(page)
  const { path } = await readMailSecrets(verifying.db, person.email, verifyPath)
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
  await register(page, { ...person, password: 'another flyer on the wall' })
  expect(await readMail(verifying.db, person.email)).toMatchObject({ template: 'already_registered' })
  await page.goto('/login')
  await logIn(page, person)
  await expect(page).toHaveURL('/account')
})
