import { detailTexts, fieldTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import { expect, test } from 'vitest'
import { languages } from '../src/index.ts'
import { serviceTexts } from '../src/service/texts.ts'
import { translate } from '../src/service/translate.ts'

const others = languages.filter((language) => language !== 'en')

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()

test.each(others)('every text in %s keeps the values of the English one', (language) => {
  for (const text of serviceTexts) {
    const filled = text.replaceAll(/\{(\w+)\}/g, '<$1>')
    const expected = placeholders(text).map((name) => name.replace('{', '<').replace('}', '>'))
    expect(translate(filled, language).match(/<\w+>/g)?.toSorted() ?? []).toEqual(expected)
    expect(translate(filled, language)).not.toBe(filled)
  }
})

test('a text with values is found again by its words', () => {
  expect(translate(fillText(fieldTexts.tooLong, { count: 254 }), 'de')).toBe(
    'Stelle sicher, dass dieses Feld nicht mehr als 254 Zeichen lang ist.',
  )
  expect(translate(fillText(detailTexts.throttledFor, { count: 57 }), 'es')).toContain('57 segundos')
})

test('text of a client inside a text stays as it is', () => {
  const type = 'a "{type}" in request.\n$& {count} <b>'
  const text = fillText(detailTexts.unsupportedMediaType, { type })
  expect(text).toContain(type)
  expect(translate(text, 'fr')).toBe(`Type de média « ${type} » non supporté.`)
})

test('a text that is not of the service stays as it is', () => {
  expect(translate('One more thing.', 'ar')).toBe('One more thing.')
})
