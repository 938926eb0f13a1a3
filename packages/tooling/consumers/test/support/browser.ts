import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium } from '@pockitflyer/testing/chromium'
import { afterAll } from 'vitest'

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
