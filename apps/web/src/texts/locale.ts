import type { Language } from '@pockitflyer/languages'

/**
 * Returns the locale that `Intl` writes numbers and dates of a language by: the reader's own kind
 * of it, where `Accept-Language` names one. Arabic has the digits that a reader types: a code has
 * them too.
 *
 * @example localeOf('en', 'de, en-GB') // 'en-GB'
 */
export function localeOf(language: Language, acceptLanguage: string | null = null): string {
  const tags = (acceptLanguage ?? '').split(',').map((entry) => entry.split(';')[0]?.trim() ?? '')
  const own = tags.find((tag) => isKindOf(tag, language)) ?? language
  return new Intl.Locale(own, { numberingSystem: 'latn' }).toString()
}

function isKindOf(tag: string, language: Language): boolean {
  try {
    return new Intl.Locale(tag).language === language
  } catch {
    return false
  }
}
