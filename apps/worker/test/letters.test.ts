import { expect, test } from 'vitest'
import { quoteName } from '../src/letters/quote-text.ts'

test.each([
  ['Ada', 'Ada'],
  ['  Ada \r\n Lovelace\u202e ', 'Ada Lovelace'],
  ['www.evil.example/x', 'www\u200b.evil\u200b.example\u200b/x'],
  ['https://evil.example', 'https\u200b:\u200b/\u200b/evil\u200b.example'],
  ['mail ada@evil.example', 'mail ada\u200b@evil\u200b.example'],
  ['J. R. R.', 'J. R. R.'],
  ['x'.repeat(80), 'x'.repeat(50)],
  ['Anonymous User', undefined],
  ['\u200b', undefined],
])('a display name stands in a mail as text: %j', (name, quoted) => {
  expect(quoteName(name)).toBe(quoted)
})
