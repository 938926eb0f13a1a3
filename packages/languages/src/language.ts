import { type Language, languages } from '@pockitflyer/auth-protocol/languages'

export { type Language, languages }

/**
 * Returns the direction of a language's text, as HTML writes it.
 * @example directionOf('ar') // 'rtl'
 */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

/**
 * Returns a text as a language; `undefined` for none of them.
 * @example toLanguage('de') // 'de'
 */
export function toLanguage(text: string | null | undefined): Language | undefined {
  return languages.find((language) => language === text)
}
