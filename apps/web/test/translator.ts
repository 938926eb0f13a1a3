import type { Page } from '@playwright/test'

/**
 * Translates a page as Chrome does, now and whenever it changes: each text node gives way to two
 * `<font>` elements, one in the other. The words stay, so that tests find them. A page that is
 * loaded anew must be translated anew.
 */
export async function translate(page: Page): Promise<void> {
  await page.waitForFunction(isTakenOver)
  await page.evaluate(replaceTexts)
}

/**
 * In a page: whether React has taken it over. A browser translates a page that has settled.
 */
export function isTakenOver(): boolean {
  return Array.from(document.querySelectorAll('main, main form')).every((element) =>
    Object.keys(element).some((key) => key.startsWith('__reactProps')),
  )
}

/** In a page: replaces its texts, now and whenever it changes. */
export function replaceTexts(): void {
  const createFont = () => document.createElementNS('http://www.w3.org/1999/xhtml', 'font')
  const replace = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Text && node.data.trim() !== '') texts.push(node)
    }
    for (const text of texts) {
      if (text.parentElement?.closest('font, script, style, textarea')) continue
      const [outer, inner] = [createFont(), createFont()]
      inner.textContent = text.data
      outer.append(inner)
      text.replaceWith(outer)
    }
  }
  replace()
  new MutationObserver(replace).observe(document.body, { childList: true, subtree: true })
}
