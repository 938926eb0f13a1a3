import { expect, type Page } from '@playwright/test'

/** What WCAG 1.4.12 lets a reader override, on text of twice its size (1.4.4). */
const largeType = `
  html { font-size: 200% !important }
  :not(html) { line-height: 1.5 !important; letter-spacing: 0.12em !important }
  :not(html) { word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }
`

/** Shows the page at 320 px (1.4.10), in large type with wide spacing. */
export async function enlarge(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  // A sheet of the script: the page's own policy refuses a style element.
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(rules)
    document.adoptedStyleSheets = [sheet]
  }, largeType)
}

/**
 * Fails if the page scrolls sideways, if a text leaves the screen or is cut off, or if a word of at
 * most nine letters is broken over two lines.
 */
export async function expectTextToFit(page: Page, what: string): Promise<void> {
  const faults = await page.evaluate(() => {
    const found: string[] = []
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide`)
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement
      const isSeen =
        element?.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only, script')
      if (!isSeen || element === null) continue
      for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[\p{L}\p{N}.:,]+/gu)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const { left, right } = range.getBoundingClientRect()
        if (left < 0 || right > clientWidth) found.push(`"${word}" leaves the screen`)
        const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)))
        if (word.length < 10 && lines.size > 1) found.push(`"${word}" is broken`)
      }
      for (let box: Element | null = element; box !== null; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box)
        const isCut =
          (overflowX === 'hidden' && box.scrollWidth > box.clientWidth + 1) ||
          (overflowY === 'hidden' && box.scrollHeight > box.clientHeight + 1)
        if (isCut) found.push(`"${text.textContent}" is cut off`)
      }
    }
    return found
  })
  expect(faults, what).toEqual([])
}

/**
 * Fails if, in forced colours, a button has no edge, or the current page of the navigation looks as
 * the others do.
 */
export async function expectShapesInForcedColors(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  const faults = await page.evaluate(() => {
    const found: string[] = []
    for (const button of document.querySelectorAll('main button[type=submit], header button')) {
      const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(button)
      const hasEdge =
        borderTopStyle === 'solid' &&
        Number.parseFloat(borderTopWidth) >= 1 &&
        borderTopColor !== backgroundColor
      if (!hasEdge) found.push(`"${button.textContent}" has no edge`)
    }
    const tabs = [...document.querySelectorAll('nav a')]
    const groundOf = (tab: Element) => getComputedStyle(tab).backgroundColor
    const current = tabs.filter((tab) => tab.ariaCurrent === 'page').map(groundOf)
    const others = tabs.filter((tab) => tab.ariaCurrent !== 'page').map(groundOf)
    if (tabs.length > 0 && (current.length !== 1 || others.includes(current[0] ?? '')))
      found.push('the current page cannot be told')
    return found
  })
  await page.emulateMedia({ forcedColors: 'none' })
  expect(faults, what).toEqual([])
}
