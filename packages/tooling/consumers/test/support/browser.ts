import { randomUUID } from 'node:crypto'
import { type BrowserContext, chromium, expect as see, type Page } from '@playwright/test'
import { findChromium } from '@pockitflyer/testing/chromium'
import { afterAll } from 'vitest'
import { password } from './accounts.ts'

/** A browser with a cookie jar of its own, until the test file is done. */
export async function openBrowser(): Promise<BrowserContext> {
  const browser = await chromium.launch(await findChromium())
  afterAll(() => browser.close())
  return browser.newContext()
}

/** Fills the form of an app with these fields and sends it. */
export async function sendForm(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Password').press('Enter')
}

/** Registers in an app, which first refuses a password that is too short and says so. */
export async function register(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/register`)
  const email = `${randomUUID()}@example.com`
  await sendForm(page, email, 'short')
  await see(page.getByText('at least')).toBeVisible()
  await sendForm(page, email, password)
  await see(page.getByRole('heading')).toHaveText(email)
}
