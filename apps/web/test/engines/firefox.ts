import { existsSync } from 'node:fs'
import { type Browser, launch, type Page } from 'puppeteer-core'
import type { Engine, Tab } from './tab.ts'

/** Where Debian's package firefox-esr puts it; `FIREFOX_PATH` names another. */
const executablePath = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr'

/** Starts the Firefox of this machine, without a window. */
export function launchFirefox(preferences: Record<string, unknown> = {}): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath,
    acceptInsecureCerts: true,
    extraPrefsFirefox: preferences,
  })
}

/** Firefox. */
export const firefox: Engine = {
  name: 'Firefox',
  missing: existsSync(executablePath) ? undefined : 'firefox-esr is not installed',
  async start() {
    const browser = await launchFirefox()
    return {
      async withTab(baseURL, use) {
        const context = await browser.createBrowserContext()
        await use(toTab(await context.newPage(), baseURL))
        await context.close()
      },
      stop: () => browser.close(),
    }
  },
}

/** A page of Puppeteer as a tab. */
export function toTab(page: Page, baseURL: string): Tab {
  const find = async (xpath: string) => {
    // Behind another tab the page is not painted, and Puppeteer waits for that.
    await page.bringToFront()
    return page.locator(`::-p-xpath(${xpath})`)
  }
  return {
    open: async (path) => void (await page.goto(new URL(path, baseURL).href)),
    url: async () => page.url(),
    click: async (xpath) => (await find(xpath)).click(),
    fill: async (xpath, text) => (await find(xpath)).fill(text),
    evaluate: (code) => page.evaluate(code),
    reload: async () => void (await page.reload()),
    back: async () => void (await page.goBack()),
    openTab: async () => toTab(await page.browserContext().newPage(), baseURL),
    setOffline: (isOffline) => page.setOfflineMode(isOffline),
    readRole: async (role) =>
      page.$$eval(`::-p-aria([role="${role}"])`, (elements) => elements.map((one) => one.textContent.trim())),
  }
}
