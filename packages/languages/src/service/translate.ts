import { fillText } from '@pockitflyer/auth-protocol/errors'
import { type Language, languages } from '../language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { type ServiceText, type ServiceTexts, serviceTexts } from './texts.ts'

export type { ServiceText } from './texts.ts'

const translations: Record<Exclude<Language, 'en'>, ServiceTexts> = { de, fr, es, ar }

/**
 * Translates a text of the service, given in English, as gettext does. A text that is not the
 * service's own comes back as it is.
 *
 * @example translate('This field is required.', 'de') // 'Dieses Feld ist erforderlich.'
 */
export function translate(text: string, language: Language): string {
  if (language === 'en') return text
  const found = findIn(lookupOf('en'), text)
  return found === undefined ? text : fillText(textIn(language, found.key), found.values)
}

/** A text of the service: its name, which is the English text, and the values in it. */
export interface FoundText {
  key: ServiceText
  values: Record<string, string>
}

/**
 * Finds which text of the service a text is, in any of its languages, so that an app can say it in
 * its own words. `undefined`: it is not the service's.
 *
 * @example findServiceText('Dieses Feld ist erforderlich.')?.key // 'This field is required.'
 */
export function findServiceText(text: string): FoundText | undefined {
  for (const language of languages) {
    const found = findIn(lookupOf(language), text)
    if (found !== undefined) return found
  }
  return undefined
}

/** The texts of one language, to be found again. */
interface Lookup {
  plain: Map<string, ServiceText>
  /** Texts with values in them. Each value is between fixed words, so that it is found again. */
  filled: { key: ServiceText; pattern: RegExp }[]
}

function findIn({ plain, filled }: Lookup, text: string): FoundText | undefined {
  const key = plain.get(text)
  if (key !== undefined) return { key, values: {} }
  for (const { key, pattern } of filled) {
    const values = pattern.exec(text)?.groups
    if (values !== undefined) return { key, values }
  }
  return undefined
}

const textIn = (language: Language, key: ServiceText): string =>
  language === 'en' ? key : translations[language][key]

const isFilled = (text: string) => text.includes('{')

function createLookup(language: Language): Lookup {
  const filled = serviceTexts.filter(isFilled).map((key) => ({
    key,
    pattern: new RegExp(`^${escape(textIn(language, key)).replaceAll(/\{(\w+)\}/g, '(?<$1>[^]*)')}$`),
  }))
  const plain = serviceTexts
    .filter((key) => !isFilled(key))
    .map((key) => [textIn(language, key), key] as const)
  return { plain: new Map(plain), filled }
}

/** Escapes what a regular expression reads in a text, except for braces. */
function escape(text: string): string {
  return text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
}

const lookups = new Map<Language, Lookup>()

/** Made at the first use: the API looks texts up in English alone. */
function lookupOf(language: Language): Lookup {
  const lookup = lookups.get(language) ?? createLookup(language)
  lookups.set(language, lookup)
  return lookup
}
