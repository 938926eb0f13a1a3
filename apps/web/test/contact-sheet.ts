import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'

/** Where the pictures are. */
export const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

/** How a picture is taken. */
export interface Look {
  width: 320 | 390 | 768 | 1280
  colorScheme: 'light' | 'dark'
  /** Text of twice its size. */
  isLarge?: boolean
  forcedColors?: boolean
}

/** Light and dark, on a phone and on a desktop. */
export const usualLooks: Look[] = [
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
]

/** Every width, light and dark. */
export const widthLooks: Look[] = ([320, 390, 768, 1280] as const).flatMap((width) => [
  { width, colorScheme: 'light' },
  { width, colorScheme: 'dark' },
])

/** Every width, large text and forced colours. */
export const allLooks: Look[] = [
  ...widthLooks,
  { width: 320, colorScheme: 'dark', isLarge: true },
  { width: 768, colorScheme: 'dark', isLarge: true },
  { width: 1280, colorScheme: 'light', isLarge: true },
  { width: 390, colorScheme: 'light', forcedColors: true },
  { width: 1280, colorScheme: 'dark', forcedColors: true },
]

/** Returns the name of a look, for a file. */
export function nameLook({ width, colorScheme, isLarge, forcedColors }: Look): string {
  return [width, colorScheme, isLarge && 'large', forcedColors && 'forced'].filter(Boolean).join('-')
}

/** Returns the options of a browser's context that shows pages so. */
export function contextOf({ width, colorScheme, forcedColors }: Look) {
  return {
    colorScheme,
    forcedColors: forcedColors ? ('active' as const) : ('none' as const),
    viewport: { width, height: width < 500 ? 844 : 860 },
    deviceScaleFactor: 1,
  }
}

/** One picture of many pages, each below its name. */
export class ContactSheet {
  readonly #look: Look
  readonly #figures: string[] = []

  constructor(look: Look) {
    this.#look = look
  }

  /** Takes a picture of the whole page. */
  async shoot(page: Page, name: string): Promise<void> {
    if (this.#look.isLarge) await page.evaluate(doubleText)
    const picture = await page.screenshot({
      animations: 'disabled',
      fullPage: true,
      type: 'jpeg',
      quality: 90,
    })
    const source = `data:image/jpeg;base64,${picture.toString('base64')}`
    this.#figures.push(`<figure><figcaption>${name}</figcaption><img src="${source}"></figure>`)
  }

  /** Writes the sheet to `screenshots/`. */
  async save(browser: Browser, name: string): Promise<void> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    const columns = { 320: 9, 390: 8, 768: 6, 1280: 5 }[this.#look.width]
    const style = `body { display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 12px; align-items: start;
      margin: 12px; background: #777; color: #fff; font: 13px sans-serif } figure { margin: 0 } img { width: 100% }`
    await page.setContent(`<!doctype html><style>${style}</style>${this.#figures.join('')}`)
    const path = `${folder}${name}-${nameLook(this.#look)}.jpg`
    await page.screenshot({ path, fullPage: true, type: 'jpeg', quality: 40 })
    await page.close()
  }
}

/** By a sheet of the script: the page's own policy refuses a style element. */
function doubleText(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('html { font-size: 200% }')
  document.adoptedStyleSheets = [sheet]
}
