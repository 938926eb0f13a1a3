import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { startInFrontOf } from './broken-service.ts'
import { test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { makePerson } from './people.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

const person = {
  display_name: 'Grace Hopper',
  bio: 'I collect flyers of street festivals.\nFavourite colour: teal.',
}

const otherDevices = [
  'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
]

async function takeStrangersPages(page: Page, shoot: (name: string) => Promise<unknown>): Promise<void> {
  await page.goto('/login')
  await shoot('login')
  await page.getByLabel('Email').fill('grace@example.com')
  await page.getByLabel('Password', { exact: true }).fill('not it')
  await page.keyboard.press('Enter')
  await page.getByText('do not match').waitFor()
  await shoot('login-error')
  await page.goto('/register')
  await shoot('register')
  await page.goto('/no-such-page')
  await shoot('not-found')
}

async function takeAccountPages(page: Page, shoot: (name: string) => Promise<unknown>): Promise<void> {
  await shoot('account')
  await page.goto('/account?edit')
  await shoot('profile-form')
  await page.goto('/account/sessions')
  await shoot('devices')
  await page.goto('/account/password')
  await shoot('password')
  await page.getByLabel('Current password', { exact: true }).fill('not it')
  await page.getByLabel('New password', { exact: true }).fill('short')
  await page.keyboard.press('Enter')
  await page.getByText('entered incorrectly').waitFor()
  await shoot('password-error')
}

async function takeFailures(context: BrowserContext, shoot: (name: string, page: Page) => Promise<unknown>) {
  const page = await context.newPage()
  const down = await startInFrontOf((response) => response.writeHead(500).end())
  await plantTokens(context, down.url, { access: forgeToken({ exp: inSeconds(3600) }) })
  await page.goto(`${down.url}/account`)
  await shoot('unavailable', page)
  await down.stop()
  const broken = await startInFrontOf((response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('[{"result":{"data":{}}}]')
  })
  await page.goto(`${broken.url}/account`)
  await page.getByText('Something went wrong').waitFor()
  await shoot('error', page)
  await broken.stop()
}

async function logInElsewhere(browser: Browser, baseURL: string, account: Parameters<LoginPage['logIn']>[0]) {
  for (const userAgent of otherDevices) {
    const device = await browser.newContext({ baseURL, userAgent })
    await new LoginPage(await device.newPage()).logIn(account)
    await device.close()
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test(`every page, ${colorScheme}, ${viewport.width} px`, async ({ browser, accounts, baseURL }) => {
      const account = {
        ...makePerson(),
        ...person,
        email: `grace-${viewport.width}-${colorScheme}@example.com`,
      }
      await accounts.add(account)
      const options: BrowserContextOptions = {
        baseURL: baseURL ?? '',
        colorScheme,
        viewport,
        deviceScaleFactor: 1,
      }
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const shoot = (name: string, shown = page) =>
        shown.screenshot({
          path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
          animations: 'disabled',
          fullPage: true,
        })
      await takeStrangersPages(page, shoot)
      await logInElsewhere(browser, baseURL ?? '', account)
      await new LoginPage(page).logIn(account)
      await takeAccountPages(page, shoot)
      await takeFailures(context, shoot)
      await context.close()
    })
  }
}
