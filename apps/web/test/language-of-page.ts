import { expect, type Page } from '@playwright/test'
import type { Language } from '@pockitflyer/languages'
import { allTexts } from '../src/texts/all-texts.ts'

interface Expected {
  language: Language
  /** What people typed, which has no language. */
  data: string[]
  /** The page, for a failure. */
  what: string
}

/**
 * Fails if a page says anything that is not a text of its language: in its title, in an attribute
 * that is read out, or on the page. Values within a text may be anything; a time is `Intl`'s.
 */
export async function expectTextsOf(page: Page, { language, data, what }: Expected): Promise<void> {
  const known = listTexts(allTexts[language]).map(toPattern)
  const isKnown = (text: string) => known.some((pattern) => pattern.test(text))
  const said = await page.evaluate(readTexts)
  expect(said.length, what).toBeGreaterThan(5)
  const strange = said.filter((text) => !isData(text, data) && !isKnown(text))
  expect(strange, what).toEqual([])
  const title = (await page.title()).replaceAll(/\s/g, ' ').replace(/ · Pockitflyer$/, '')
  const cut = Array.from(title, (_, index) => [title.slice(0, index), title.slice(index + 1)])
  const isTitle = isKnown(title) || cut.some((parts) => parts.every(isKnown))
  expect(isTitle, `${what}: the title "${title}"`).toBe(true)
}

/** Whether a text is the name of the product, of a language, or of data, or has no word at all. */
function isData(text: string, data: string[]): boolean {
  const names = ['Pockitflyer', 'English', 'Deutsch', 'Français', 'Español', 'العربية']
  return (
    !/\p{L}{2}/u.test(text) ||
    [...names, ...data].includes(text) ||
    data.some((one) => one.startsWith(`${text}@`))
  )
}

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : []
}

const toPattern = (text: string) =>
  new RegExp(
    `^${text
      .replaceAll(/\s/g, ' ')
      .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replaceAll(/\{\w+\}/g, '.+')}$`,
    'u',
  )

/** Runs in the page. */
function readTexts(): string[] {
  const found: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (text.parentElement?.closest('script, style, time') === null) found.push(text.textContent ?? '')
  }
  const attributes = ['aria-label', 'aria-description', 'aria-roledescription', 'alt', 'placeholder', 'title']
  for (const name of attributes)
    for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name) ?? '')
  return found.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '')
}
