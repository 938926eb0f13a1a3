import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test'

/**
 * What a mail scanner does with a link before the person sees the mail: it reads the page three
 * times, asks for its head, opens it in a browser that runs scripts, clicks every button and
 * submits every form that it finds: once, in `pnpm test:long` in two rounds. Fails if it ever sees
 * a password form.
 */
export async function sendRobot(
  { browser, request, baseURL }: { browser: Browser; request: APIRequestContext; baseURL: string },
  path: string,
  rounds = process.env['TEST_TIMES'] === undefined ? 1 : 2,
): Promise<void> {
  for (const method of ['GET', 'GET', 'GET', 'HEAD', 'OPTIONS']) await request.fetch(path, { method })
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(path)
    const buttons = await page.getByRole('button').count()
    const forms = await page.locator('form').count()
    for (let index = 0; index < buttons; index += 1) {
      await page.goto(path)
      await press(page, () => page.getByRole('button').nth(index).click())
    }
    for (let index = 0; index < forms; index += 1) {
      await page.goto(path)
      await submitAll(page, index)
    }
  }
  await context.close()
}

/** Fills a form and submits it, and then the form that follows. */
async function submitAll(page: Page, index: number): Promise<void> {
  for (let step = 0; step < 3; step += 1) {
    const form = page.locator('form').nth(Math.min(index, (await page.locator('form').count()) - 1))
    if ((await form.count()) === 0) return
    for (const input of await form.locator('input:not([type=hidden], [hidden])').all()) {
      await input.fill('123456')
    }
    await press(page, () => form.evaluate((element: HTMLFormElement) => element.requestSubmit()))
  }
}

/** Acts, and waits for what the server answers. */
async function press(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await act()
  await answered
  await expect(page.locator('[aria-disabled=true]')).toHaveCount(0)
  await expect(page.locator('input[type=password]')).toHaveCount(0)
}
