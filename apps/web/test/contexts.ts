import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test'

/** Opens a context that many tests use. Its blank page keeps the process that shows its pages. */
export async function openContext(
  browser: Browser,
  options: { [Name in keyof BrowserContextOptions]: BrowserContextOptions[Name] | undefined },
): Promise<BrowserContext> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const context = await browser.newContext(given)
  await context.newPage()
  return context
}

/** Leaves nothing of a test: no page but the blank one, no cookie, no route. */
export async function emptyContext(context: BrowserContext): Promise<void> {
  await context.setOffline(false)
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  const [, ...pages] = context.pages()
  await Promise.all(pages.map((page) => page.close()))
  await context.clearCookies()
}
