import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldEmail } from '../../src/emails/fold-email.ts'
import { times } from '../support/times.ts'

test.each([
  ['Ida.Ö@Example.COM', 'ida.Ö@example.com'],
  ['İda@example.com', 'İda@example.com'],
  ['ıda@example.com', 'ıda@example.com'],
  ['\u212Aate@example.com', '\u212Aate@example.com'],
  ['ΣΊΣΥΦΟΣ@example.com', 'ΣΊΣΥΦΟΣ@example.com'],
  ['straße@example.com', 'straße@example.com'],
])('a local part has its ASCII letters in lower case: %s', (email, folded) => {
  expect(foldEmail(email)).toBe(folded)
})

test.each([
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['XN--BCHER-KVA.Example', 'xn--bcher-kva.example'],
  ['faß.de', 'xn--fa-hia.de'],
  ['FASS.de', 'fass.de'],
  ['ΒΌΛΟΣ.com', 'xn--nxasmq6b.com'],
  ['βόλος.com', 'xn--nxasmm1c.com'],
  ['İstanbul.example', 'xn--istanbul-o0e.example'],
  ['ｅｘａｍｐｌｅ．com', 'example.com'],
  ['example。com', 'example.com'],
  ['exa\u00admple.com', 'example.com'],
  ['\u212Aelvin.com', 'kelvin.com'],
  ['نامه\u200cای.com', 'xn--mgba3gch31f060k.com'],
  ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
])('a domain becomes its A-label: %s', (domain, folded) => {
  expect(foldEmail(`ida@${domain}`)).toBe(`ida@${folded}`)
})

test.each([
  ['a trailing dot', 'Example.com.', 'example.com.'],
  ['an address in brackets', '[IPv6:2001:DB8::1]', '[ipv6:2001:db8::1]'],
  ['a number that could be an address', '0X7F.1', '0x7f.1'],
  ['a number of an address', '2130706433', '2130706433'],
  ['punycode of nothing', 'XN--.example', 'xn--.example'],
  ['an underscore beside a letter beyond ASCII', 'BÜ_cher.example', 'bÜ_cher.example'],
  ['a fullwidth @', 'x＠Example.com', 'x＠example.com'],
  ['a joiner where none belongs', 'A\u200dÜ.example', 'a\u200dÜ.example'],
  ['two dots', 'Ü..Example', 'Ü..example'],
  ['a label over 63', `${'Ü'.repeat(64)}.Example`, `${'Ü'.repeat(64)}.example`],
  ['a lone surrogate', 'A\ud800.Example', 'a\ud800.example'],
  ['no domain', '', ''],
])('a domain without an A-label stays in lower-cased ASCII: %s', (_, domain, folded) => {
  expect(foldEmail(`Ida@${domain}`)).toBe(`ida@${folded}`)
})

test.each([
  ['"Ida@home"@BÜCHER.example', '"ida@home"@xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['Ida＠Example.com', 'ida＠example.com'],
  ['@', '@'],
  ['', ''],
])('the domain begins after the last @: %s', (email, folded) => {
  expect(foldEmail(email)).toBe(folded)
})

test.each([
  ['space', ' \t\r\n'],
  ['no-break space', '\u00a0\u202f'],
  ['byte order mark', '\ufeff'],
  ['zero width', '\u200b\u200c\u200d\u2060'],
  ['marks of direction', '\u200e\u200f\u202a\u202c\u2066\u2069\u061c'],
  ['soft hyphen', '\u00ad'],
  ['fillers', '\u115f\u1160\u3164\uffa0\u2800'],
  ['variation selectors and tags', '\ufe0f\u{e0001}\u{e0100}'],
  ['control characters', '\u0001\u001f\u007f\u0085'],
])('invisible characters at the ends go, those within stay: %s', (_, around) => {
  expect(foldEmail(`${around}i${around}da@example.com${around}`)).toBe(`i${around}da@example.com`)
})

/** Parts of emails that are known to trouble a folding function, among any others. */
const email = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      fc.constantFrom(
        '@',
        '＠',
        '.',
        '。',
        'xn--',
        'XN--',
        'xn--bcher-kva',
        '-',
        'ß',
        'ẞ',
        'İ',
        'ς',
        'Σ',
        'ü',
      ),
      fc.constantFrom(
        '\u200d',
        '\u200c',
        '\u00ad',
        '\ufeff',
        '\ud800',
        '\udc00',
        'K',
        '\u212a',
        'א',
        '١',
        '\u0308',
      ),
      fc.domain(),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

test('folding takes every text, and folding twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        email,
        fc.tuple(email, email).map((parts) => parts.join('@')),
      ),
      (text) => {
        const folded = foldEmail(text)
        expect(foldEmail(folded)).toBe(folded)
        expect(foldEmail(`\ufeff ${text}\u200b`)).toBe(folded)
        expect(foldEmail(text.replace(/[a-z]/g, (letter) => letter.toUpperCase()))).toBe(folded)
      },
    ),
    { numRuns: 600 * times },
  )
})

test('a text of 64 KiB is folded within a moment', () => {
  const letters = Array.from({ length: 60_000 }, (_, at) => String.fromCharCode(0x4e00 + (at % 20_000)))
  const texts = [
    `Ida@${letters.join('')}`,
    `Ida@${'ü.'.repeat(30_000)}`,
    `${' \u200b'.repeat(30_000)}x${' '.repeat(60_000)}`,
  ]
  const startedAt = performance.now()
  for (const text of texts) foldEmail(text)
  expect(performance.now() - startedAt).toBeLessThan(1000)
})
