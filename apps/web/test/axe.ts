import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import type * as axeCore from 'axe-core'

/** The rules that look at colours: all that the dark scheme changes. */
const colorRules = ['color-contrast', 'link-in-text-block']

/**
 * Fails if axe finds anything on a page in light, or in the colours of the dark scheme. One visit
 * serves both: the schemes differ in nothing but colours.
 */
export async function expectNoViolation(page: Page, what: string): Promise<void> {
  await bringAxe(page)
  expect(await findViolations(page), what).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await findViolations(page, colorRules), `${what}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

/**
 * Once for each document, and by the protocol itself: to read axe is most of the work, and
 * `page.evaluate` or `@axe-core/playwright` take two to four times as long for it.
 */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Runtime.evaluate', { expression: axe.source, silent: true })
  await devtools.detach()
}

/** Waits until the colours have faded over. No page has frames or media, which axe would load. */
function findViolations(page: Page, rules?: string[]): Promise<[string, unknown[]][]> {
  return page.evaluate(async (rules) => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
    const { violations } = await globalThis.axe.run(document, {
      preload: false,
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: rules } }),
    })
    return violations.map(({ id, nodes }): [string, unknown[]] => [id, nodes.map(({ target }) => target)])
  }, rules)
}

declare global {
  var axe: typeof axeCore
}
