import { inflateRawSync } from 'node:zlib'
import { createAuthClient } from '@pockitflyer/auth-client'
import type { BrowserContext, Page } from '@playwright/test'
import { apiUrl, expect, test } from './fixtures.ts'
import { makePerson } from './people.ts'
import { readTokens } from './session-cookies.ts'

test.use({ javaScriptEnabled: false })

const ended = 'Your session has ended. Please log in again.'
const restored = 'Here is what you typed. It is not saved yet.'

/** Ends the session at the service: the browser does not know. */
async function endSession(context: BrowserContext): Promise<void> {
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.logout.mutate({ refresh })
}

async function save(page: Page, bio: string): Promise<void> {
  await page.goto('/account?edit')
  await page.getByLabel('About you').fill(bio)
  await endSession(page.context())
  await page.getByRole('button', { name: 'Save profile' }).click()
}

/** What the cookies hold of forms. */
async function readDrafts(context: BrowserContext): Promise<string[]> {
  const flashes = (await context.cookies()).filter(({ name }) => name.endsWith('pf_flash'))
  return flashes.map(({ value }) => inflateRawSync(Buffer.from(value, 'base64url')).toString())
}

test('without JavaScript a session that ends in an edit keeps the text', async ({
  page,
  loginPage,
  newcomer,
}) => {
  await loginPage.logInByForm(newcomer)
  await save(page, 'A long story\nof two lines')
  await expect(page.getByText(ended)).toBeVisible()
  await loginPage.enter({ ...newcomer, password: 'not it' })
  await loginPage.button.click()
  await loginPage.password.fill(newcomer.password)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account?edit')
  await expect(page.getByText(restored)).toBeVisible()
  await expect(page.getByLabel('About you')).toHaveValue('A long story\nof two lines')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('A long story')).toBeVisible()
  await page.goto('/account?edit')
  await expect(page.getByText(restored)).toHaveCount(0)
})

test('without JavaScript another user sees no draft', async ({ page, loginPage, newcomer, accounts }) => {
  const other = makePerson()
  await accounts.add(other)
  await loginPage.logInByForm(newcomer)
  await save(page, 'A secret story')
  await loginPage.enter(other)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account?edit')
  await expect(page.getByLabel('Display name')).toHaveValue(other.display_name)
  expect(await page.content()).not.toContain('A secret story')
})

test('without JavaScript no cookie keeps a password over a login', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logInByForm(newcomer)
  await page.goto('/account/email')
  await page.getByLabel('New email').fill('new@example.com')
  await page.getByLabel('Current password', { exact: true }).fill(newcomer.password)
  await endSession(context)
  await page.getByRole('button', { name: 'Send the mail' }).click()
  await expect(page.getByText(ended)).toBeVisible()
  const [draft] = await readDrafts(context)
  expect(draft).toContain('new@example.com')
  expect(draft).not.toContain(newcomer.password)
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page.getByLabel('New email')).toHaveValue('new@example.com')
  await expect(page.getByLabel('Current password', { exact: true })).toHaveValue('')

  await page.goto('/account/password')
  await page.getByLabel('Current password', { exact: true }).fill(newcomer.password)
  await page.getByLabel('New password', { exact: true }).fill('seven ferries at noon')
  await endSession(context)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText(ended)).toBeVisible()
  expect(await readDrafts(context)).toEqual([])
})

test('without JavaScript a text too long to keep is told', async ({ page, loginPage, newcomer }) => {
  await loginPage.logInByForm(newcomer)
  const ideographs = Array.from({ length: 2000 }, (_, at) => 0x4e00 + ((at * 7919) % 20_000))
  await save(page, String.fromCodePoint(...ideographs))
  await expect(page.getByText('was too long to be kept meanwhile, and is lost.')).toBeVisible()
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account?edit')
  await expect(page.getByLabel('About you')).toHaveValue('')
})
