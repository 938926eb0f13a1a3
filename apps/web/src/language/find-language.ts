import { chooseLanguage, type Language, toLanguage } from '@pockitflyer/languages'

/** The cookie with the language that was chosen in this browser. Not a secret. */
export const languageCookieName = 'pf_language'

/** The headers that say a language, of `fetch` or of Node.js. */
export interface LanguageHeaders {
  get(name: 'cookie' | 'accept-language'): string | null | undefined
}

/**
 * Returns the language of an answer, of those that are offered: the one that was chosen in this
 * browser, else the one that `Accept-Language` wants most, else the first.
 *
 * @example findLanguage(new Headers({ 'accept-language': 'de-AT' }), ['en', 'de']) // 'de'
 */
export function findLanguage(
  headers: LanguageHeaders,
  offered: readonly [Language, ...Language[]],
): Language {
  return (
    findOffered(readCookie(headers), offered) ??
    chooseLanguage(headers.get('accept-language') ?? null, offered) ??
    offered[0]
  )
}

/** Returns a text as one of the languages that are offered. */
export function findOffered(
  text: string | null | undefined,
  offered: readonly Language[],
): Language | undefined {
  const language = toLanguage(text)
  return language !== undefined && offered.includes(language) ? language : undefined
}

/** Returns whether a language was chosen in this browser. */
export function hasChosenLanguage(headers: Headers): boolean {
  return toLanguage(readCookie(headers)) !== undefined
}

function readCookie(headers: LanguageHeaders): string | undefined {
  return cookiePattern.exec(headers.get('cookie') ?? '')?.[1]
}

const cookiePattern = new RegExp(`(?:^|; *)${languageCookieName}=(\\w+)`)
