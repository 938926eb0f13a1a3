import type { Language } from '@pockitflyer/languages'
import { languageCookieName } from './find-language.ts'

interface CookieWriter {
  set(name: string, value: string, attributes: CookieAttributes): unknown
}

interface CookieAttributes {
  httpOnly: true
  sameSite: 'lax'
  path: '/'
  secure: boolean
  maxAge: number
}

const yearSeconds = 365 * 24 * 60 * 60

/** Keeps the language of this browser for a year. It outlives the session. */
export function writeLanguage(cookies: CookieWriter, language: Language, isProduction: boolean): void {
  cookies.set(languageCookieName, language, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isProduction,
    maxAge: yearSeconds,
  })
}
