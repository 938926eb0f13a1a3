import { languages } from '@pockitflyer/languages'
import { expect, test, vi } from 'vitest'
import { toPlainWords } from '../src/forms/plain-words.ts'
import { malformed, tooLarge } from '../src/front/faults.ts'
import { sayFault } from '../src/front/say-fault.ts'
import { findLanguage } from '../src/language/find-language.ts'
import { findErrorTexts } from '../src/language/find-error-texts.ts'
import { findPagePath } from '../src/language/page-path.ts'
import { localeOf } from '../src/texts/locale.ts'
import { fillPlural } from '../src/texts/plural.ts'
import { allTexts, type Texts } from '../src/texts/all-texts.ts'
import { elsewhere } from '../test/elsewhere.ts'

const choose = (cookie: string, acceptLanguage: string) =>
  findLanguage(new Headers({ cookie, 'accept-language': acceptLanguage }), languages)

test.each([
  ['pf_language=ar', 'de', 'ar'],
  ['a=b; pf_language=fr; c=d', 'de', 'fr'],
  ['', 'de-AT, en;q=0.5', 'de'],
  ['pf_language=it', 'es', 'es'],
  ['not_pf_language=ar', 'nl', 'en'],
  ['pf_language=', '*', 'en'],
])('with the cookies "%s" and "%s" a page is in %s', (cookie, acceptLanguage, language) => {
  expect(choose(cookie, acceptLanguage)).toBe(language)
})

test('a language that is not offered gives way to the first', () => {
  const headers = new Headers({ cookie: 'pf_language=ar', 'accept-language': 'en' })
  expect(findLanguage(headers, ['de', 'fr'])).toBe('de')
})

test('a failed document speaks its language, else that of its request', async () => {
  const cases = [
    { failed: 'es', cookie: 'pf_language=ar', wanted: ['de'], language: 'es' },
    { failed: '', cookie: 'a=b; pf_language=ar', wanted: ['de'], language: 'ar' },
    { failed: '', cookie: '', wanted: ['de-AT', 'en'], language: 'de' },
    { failed: undefined, cookie: '', wanted: ['nl'], language: 'en' },
  ] as const
  for (const { failed, cookie, wanted, language } of cases) {
    vi.stubGlobal('document', { cookie })
    vi.stubGlobal('navigator', { languages: wanted })
    const { home } = allTexts[language].forms
    expect(await findErrorTexts(failed)).toMatchObject({ language, home })
  }
  vi.unstubAllGlobals()
})

test('an answer without a page is in the language of its request', () => {
  const headers = new Headers({ 'accept-language': 'de' })
  expect(sayFault(malformed, headers, languages)).toBe('Diese Anfrage ist nicht lesbar.\n')
  expect(sayFault(tooLarge, new Headers(), languages)).toMatch(/^That is more than this page takes/)
})

test('the language form leads back to a page of this site alone', () => {
  expect(findPagePath('/login?next=%2Faccount')).toBe('/login?next=%2Faccount')
  const others = ['//evil.example', '/\\evil.example', '/.//evil.example', 'https://evil.example/', undefined]
  for (const page of [...others, ...elsewhere])
    expect(findPagePath(page) ?? '/').not.toMatch(/^\/[/\\]|^[^/]/)
})

test('each language has the plural forms that it needs', () => {
  for (const language of languages) {
    const { rule } = allTexts[language].newPassword
    for (const count of [0, 1, 2, 3, 8, 11, 100, 128]) {
      expect(fillPlural(rule, count, language)).not.toContain('{')
    }
  }
  const { tooShort } = allTexts.ar.fieldErrors
  const words = [1, 2, 8, 12, 100].map((count) => fillPlural(tooShort, count, 'ar'))
  expect(new Set(words.map((text) => text.replaceAll(/\d/g, ''))).size).toBe(5)
})

test('no French line breaks after the hyphen of a mail', () => {
  expect(JSON.stringify(allTexts.fr)).not.toMatch(/e-mail/i)
})

test('numbers and dates have the reader’s own kind of the language', () => {
  expect(localeOf('en', 'de, en-GB;q=0.5')).toBe('en-GB-u-nu-latn')
  expect(localeOf('ar', 'ar-EG')).toBe('ar-EG-u-nu-latn')
  expect(localeOf('de', '%%%,x-none')).toBe('de-u-nu-latn')
})

/** The texts of a catalogue by their paths; a plural by its form for any other number. */
function listTexts(catalogue: Texts): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`)
  }
  visit(catalogue, '')
  return new Map([...found].filter(([path]) => !/\.(one|two|few|many)$/.test(path)))
}

const english = listTexts(allTexts.en)
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()

/** The same word in English and German. */
const sameWords = ['.registrant.name']

test.each(languages.filter((language) => language !== 'en'))(
  '%s translates every text with its values',
  (language) => {
    const texts = listTexts(allTexts[language])
    const valuesOf = (list: Map<string, string>) =>
      Object.fromEntries([...list].map(([path, text]) => [path, placeholders(text)]))
    expect(valuesOf(texts)).toEqual(valuesOf(english))
    const left = [...texts].filter(([path, text]) => english.get(path) === text).map(([path]) => path)
    expect(left.filter((path) => !sameWords.includes(path))).toEqual([])
  },
)

test.each([
  'This field may not be blank.',
  'Dieses Feld darf nicht leer sein.',
  'لا يمكن لهذا الحقل ان يكون فارغاً.',
])('the service’s "%s" is said in the page’s words', (message) => {
  const fault = { field: 'email', message }
  expect(toPlainWords({ ...fault, language: 'en' })).toBe('Enter your email address.')
  expect(toPlainWords({ ...fault, language: 'de' })).toBe('Geben Sie Ihre E-Mail-Adresse ein.')
})

test('a text without other words is translated, and a strange one stays', () => {
  const say = (message: string) => toPlainWords({ field: 'id', message, language: 'fr' })
  expect(say('Must be a valid UUID.')).toBe(say('Muss eine gültige UUID sein.'))
  expect(say('Must be a valid UUID.')).toContain('UUID')
  expect(say('Nothing of ours.')).toBe('Nothing of ours.')
  expect(say('Dieses Feld darf höchstens 3 haben')).toBe('Dieses Feld darf höchstens 3 haben')
  const long = 'Stelle sicher, dass dieses Feld nicht mehr als 100 Zeichen lang ist.'
  expect(say(long)).toBe('100 caractères au plus.')
})
