import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as see } from '@playwright/test'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, test } from 'vitest'
import { password, startAccounts } from './support/accounts.ts'
import { openBrowser, register, sendForm } from './support/browser.ts'
import { createNextApp } from './support/next-app.ts'

const accounts = await startAccounts()
const app = await createNextApp()
const env = { ACCOUNTS_URL: accounts.url, ACCESS_TOKEN: await accounts.issueAccessToken() }

/** A page with a token of its own. Next.js does not build it if the client reads the clock. */
const tokenPage = `
import { createAuthClient } from '@pockitflyer/auth-client'
import { Suspense } from 'react'
import { url } from '../../accounts/session'

export default function Page() {
  return <Suspense><Greeting /></Suspense>
}

async function Greeting() {
  const user = await createAuthClient({ url, accessToken: process.env.ACCESS_TOKEN }).auth.me.query()
  return <p>{user.email}</p>
}
`
await mkdir(join(app.folder, 'app/token'))
await writeFile(join(app.folder, 'app/token/page.tsx'), tokenPage)
const built = await app.run('next', ['build'], env)
const port = String(await findFreePort())
await app.start('next', ['start', '--port', port], env).says(/(Ready)/)
const origin = `http://localhost:${port}`
const browser = await openBrowser()

/** Returns the values of the browser's cookies. */
async function readCookies(): Promise<Record<string, string | undefined>> {
  const cookies = await browser.cookies()
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]))
}

test('every page has a part that is rendered at build time', () => {
  expect(built).toMatch(/◐ \/account/)
  expect(built).toMatch(/◐ \/token/)
  expect(built).toMatch(/○ \/login/)
})

test('the browser gets nothing of the client', async () => {
  const chunks = await readdir(join(app.folder, '.next/static'), { recursive: true })
  const scripts = chunks.filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(0)
  for (const name of scripts) {
    expect(await readFile(join(app.folder, '.next/static', name), 'utf8')).not.toContain('tRPC')
  }
})

test('the app logs in, refreshes and logs out', async () => {
  const page = await browser.newPage()
  await page.goto(`${origin}/account`)
  await see(page).toHaveURL(`${origin}/login`)
  await sendForm(page, accounts.email, 'a wrong password')
  await see(page.getByRole('alert').first()).toHaveText('That email and password do not match.')
  await sendForm(page, accounts.email, password)
  await see(page.getByRole('heading')).toHaveText(accounts.email)

  const { access, refresh = '' } = await readCookies()
  await browser.clearCookies({ name: 'access' })
  await page.reload()
  await see(page.getByRole('heading')).toHaveText(accounts.email)
  const refreshed = await readCookies()
  expect(refreshed['access']).not.toBe(access)
  expect(refreshed['refresh']).not.toBe(refresh)
  expect(await page.evaluate('document.cookie')).toBe('')

  await page.getByRole('button', { name: 'Log out' }).click()
  await see(page).toHaveURL(`${origin}/login`)
  expect(Object.keys(await readCookies())).toEqual(['device'])
  expect(await accounts.isLive(refreshed['refresh'] ?? '')).toBe(false)
})

test('a page whose session was revoked shows the login', async () => {
  const page = await browser.newPage()
  await page.goto(`${origin}/login`)
  await sendForm(page, accounts.email, password)
  await see(page.getByRole('heading')).toHaveText(accounts.email)
  const { refresh = '' } = await readCookies()
  await accounts.revoke(refresh)
  await page.goto(origin)
  await see(page.getByRole('link', { name: 'Log in' })).toBeVisible()
  await page.goto(`${origin}/account`)
  await see(page).toHaveURL(`${origin}/login`)
})

test('a page with a token of its own shows its user', async () => {
  const page = await browser.newPage()
  await page.goto(`${origin}/token`)
  await see(page.getByText(accounts.email)).toBeVisible()
})

test('the app registers, and shows the texts of fields', async () => {
  const page = await browser.newPage()
  await register(page, origin)
})
