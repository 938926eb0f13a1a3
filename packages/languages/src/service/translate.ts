import { fillText } from '@pockitflyer/auth-protocol/errors'
import type { Language } from '../language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { type ServiceText, type ServiceTexts, serviceTexts } from './texts.ts'

const translations: Record<Exclude<Language, 'en'>, ServiceTexts> = { de, fr, es, ar }

/**
 * Translates a text of the service, given in English, as gettext does. A text that is not the
 * service's own comes back as it is.
 *
 * @example translate('This field is required.', 'de') // 'Dieses Feld ist erforderlich.'
 */
export function translate(text: string, language: Language): string {
  if (language === 'en') return text
  const found = findText(text)
  return found === undefined ? text : fillText(translations[language][found.key], found.values)
}

interface FoundText {
  key: keyof ServiceTexts
  values: Record<string, string>
}

function findText(text: string): FoundText | undefined {
  const key = plainTexts.get(text)
  if (key !== undefined) return { key, values: {} }
  for (const { key, pattern } of filledTexts) {
    const values = pattern.exec(text)?.groups
    if (values !== undefined) return { key, values }
  }
  return undefined
}

const isFilled = (text: string) => text.includes('{')

const plainTexts = new Map<string, ServiceText>(
  serviceTexts.filter((text) => !isFilled(text)).map((text) => [text, text]),
)

/** Texts with values in them. Each value is between fixed words, so that it is found again. */
const filledTexts = serviceTexts.filter(isFilled).map((key) => ({
  key,
  pattern: new RegExp(`^${escape(key).replaceAll(/\{(\w+)\}/g, '(?<$1>[^]*)')}$`),
}))

/** Escapes what a regular expression reads in a text, except for braces. */
function escape(text: string): string {
  return text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
}
