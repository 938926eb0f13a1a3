import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import { findFreePort } from '@pockitflyer/server/testing'
import { Builder, By, error, until, type WebDriver, type WebElement } from 'selenium-webdriver'
import type { Engine, Tab } from './tab.ts'

/** Where Debian's package webkit2gtk-driver puts it. */
const driverPath = '/usr/bin/WebKitWebDriver'
const displayPath = '/usr/bin/Xvfb'

/** Longest time for an element to appear, in milliseconds. */
const timeoutMs = 30_000

/** WebKitGTK, whose engine Safari has too, in the small browser that comes with its driver. */
export const webkit: Engine = {
  name: 'WebKit',
  missing:
    existsSync(driverPath) && existsSync(displayPath)
      ? undefined
      : 'webkit2gtk-driver or xvfb is not installed',
  async start() {
    const display = await startDisplay()
    return {
      async withTab(baseURL, use) {
        // A driver has one browser. The next one would wait for the end of the last.
        const service = await startDriver(display.name)
        const driver = await new Builder()
          .disableEnvironmentOverrides()
          .usingServer(service.url)
          .withCapabilities({ browserName: 'MiniBrowser', acceptInsecureCerts: true })
          .build()
        await use(toTab({ driver, baseURL, handle: await driver.getWindowHandle() }))
        await driver.quit()
        await service.stop()
      },
      stop: () => display.stop(),
    }
  },
}

async function startDriver(display: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const driver = spawn(driverPath, ['--host=127.0.0.1', `--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  })
  const status = () =>
    fetch(`${url}/status`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(status).toBe(200)
  return { url, stop: () => end(driver) }
}

/** Starts a display in memory: WebKitGTK has no headless mode. */
async function startDisplay(): Promise<{ name: string; stop(): Promise<void> }> {
  const server = spawn(displayPath, ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const number of createInterface(server.stdout))
    return { name: `:${number}`, stop: () => end(server) }
  throw new Error('Xvfb did not start.')
}

async function end(program: ChildProcess): Promise<void> {
  const gone = once(program, 'exit')
  program.kill()
  await gone
}

interface WebKitTab {
  driver: WebDriver
  baseURL: string
  /** The driver's name of the tab. Commands go to the tab that the driver is in. */
  handle: string
}

function toTab({ driver, baseURL, handle }: WebKitTab): Tab {
  const enter = () => driver.switchTo().window(handle)
  // An element that the page replaced meanwhile is looked for again, as Puppeteer does by itself.
  const act = async (xpath: string, on: (element: WebElement) => Promise<void>): Promise<void> => {
    await enter()
    try {
      const element = await driver.wait(until.elementLocated(By.xpath(xpath)), timeoutMs)
      await on(await driver.wait(until.elementIsVisible(element), timeoutMs))
    } catch (thrown) {
      if (!(thrown instanceof error.StaleElementReferenceError)) throw thrown
      await act(xpath, on)
    }
  }
  return {
    async open(url) {
      await enter()
      await driver.get(new URL(url, baseURL).href)
    },
    async url() {
      await enter()
      return driver.getCurrentUrl()
    },
    click: (xpath) => act(xpath, (element) => element.click()),
    fill: (xpath, text) =>
      act(xpath, async (field) => {
        await field.clear()
        await field.sendKeys(text)
      }),
    async evaluate<Result>(code: () => Result) {
      await enter()
      return driver.executeScript<Result>(code)
    },
    async reload() {
      await enter()
      await driver.navigate().refresh()
    },
    async back() {
      await enter()
      await driver.navigate().back()
    },
    async openTab() {
      await driver.switchTo().newWindow('window')
      return toTab({ driver, baseURL, handle: await driver.getWindowHandle() })
    },
    // WebKitGTK cannot go offline. The test overrides `navigator.onLine` instead.
    async setOffline(isOffline) {
      await enter()
      const descriptor = `{ configurable: true, get: () => ${!isOffline} }`
      await driver.executeScript(`Object.defineProperty(navigator, 'onLine', ${descriptor})`)
    },
    async readRole(role) {
      await enter()
      const texts: string[] = []
      for (const element of await driver.findElements(By.css('[role]')))
        if ((await element.getAriaRole()) === role) texts.push(await element.getText())
      return texts
    },
  }
}
