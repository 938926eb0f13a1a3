import type { Language } from '@pockitflyer/languages'
import type { CookieWriter } from '../cookies/cookie-jar.ts'
import { languageCookieName } from './find-language.ts'

const yearSeconds = 365 * 24 * 60 * 60

/** Keeps the language of this browser for a year, for scripts too. It outlives the session. */
export function writeLanguage(cookies: CookieWriter, language: Language, isProduction: boolean): void {
  cookies.set(languageCookieName, language, {
    httpOnly: false,
    sameSite: 'lax',
    path: '/',
    secure: isProduction,
    maxAge: yearSeconds,
  })
}
