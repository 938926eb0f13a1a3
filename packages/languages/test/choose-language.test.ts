import { expect, test } from 'vitest'
import { chooseLanguage, languages } from '../src/index.ts'

/** Recorded from `get_language_from_request` of Django 3.2.25; `en` is its usual language. */
const recorded: [header: string, language: string][] = [
  ['', 'en'],
  ['de', 'de'],
  ['DE', 'de'],
  ['de-AT', 'de'],
  ['de-AT, en;q=0.5', 'de'],
  ['en;q=0.5, de;q=0.9', 'de'],
  ['de ; q=0.5 , fr ; q=0.7', 'fr'],
  ['de;q=1.000, fr;q=1', 'de'],
  ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
  ['zh-Hant-TW, ar-EG', 'ar'],
  ['es-419', 'es'],
  ['it', 'en'],
  ['it, fr;q=0.1', 'fr'],
  ['*', 'en'],
  ['*, de', 'en'],
  ['it;q=0.9, *;q=0.5, de;q=0.1', 'en'],
  ['de;q=0, en', 'en'],
  ['de;q=2', 'en'],
  ['de;q=0.1234', 'en'],
  ['de;;q=1', 'en'],
  ['de, , en', 'en'],
  ['de_AT', 'en'],
  [`${'x'.repeat(501)}, de`, 'en'],
  [`${'it,'.repeat(200)}de`, 'en'],
]

test.each(recorded)('Accept-Language %j chooses as Django does', (header, language) => {
  expect(chooseLanguage(header, languages) ?? 'en').toBe(language)
})

test('a language that the header refuses is not chosen', () => {
  expect(chooseLanguage('de;q=0', languages)).toBeUndefined()
})

test('only offered languages are chosen', () => {
  expect(chooseLanguage('de, fr;q=0.5', ['en', 'fr'])).toBe('fr')
  expect(chooseLanguage(null, ['fr'])).toBeUndefined()
})
