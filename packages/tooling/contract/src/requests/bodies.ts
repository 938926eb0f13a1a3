import fc from 'fast-check'
import type { BodySpec } from '../exchange.ts'

/** A body and the media type that it is written in. */
export interface TypedBody {
  contentType: string
  body: BodySpec
}

const oddText = fc.constantFrom(
  '""',
  '" "',
  '"\\t\\n"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\u0000\\udfff"',
  '"\\u00a0"',
  '"\\u200b"',
  '"\\u001c"',
  '"\\ufeff"',
  '"\\u0085"',
)

const wrongType = fc.constantFrom('null', 'true', 'false', '[]', '{}', '["a"]', '{"a":1}', '[null]')

const numeric = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '1.0',
    '1e3',
    '1E400',
    '-1e999',
    '1e-7',
    '0.0001',
    '1e16',
    '123456789012345678901234567890',
    '1.10',
    '5e-324',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
)

const someText = fc
  .oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
  .map((text) => JSON.stringify(text))

/** JSON of a value that a text field refuses. */
export const faultyValue = fc.oneof(
  { weight: 2, arbitrary: wrongType },
  { weight: 2, arbitrary: oddText.filter((text) => !/200b|feff/.test(text)) },
)

/** JSON of any value. */
export const anyValue = fc.oneof(
  { weight: 1, arbitrary: wrongType },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: numeric },
  { weight: 1, arbitrary: someText },
)

/** The text of an object from members, which may be given twice, with spaces here and there. */
export function writeObject(members: [string, string][], space: string): string {
  return `${space}{${members.map(([name, value]) => `${space}${JSON.stringify(name)}${space}:${value}`).join(`,${space}`)}}${space}`
}

/** White space of JSON. */
export const jsonSpace = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t')

/** JSON that is no object of the right fields. */
export const strayJson = fc.oneof(
  fc.json(),
  anyValue,
  fc.constantFrom(
    '[]',
    '{}',
    '[{}]',
    '{"__proto__":{}}',
    '{"":""}',
    '{"":1}',
    '1',
    '1.0',
    '1e2',
    '-0',
    'null',
    '""',
    'true',
  ),
)

/** A text that is nearly JSON. */
export function breakJson(text: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.nat({ max: text.length }).map((at) => text.slice(0, at)),
    fc
      .tuple(
        fc.nat({ max: text.length }),
        fc.constantFrom(',', '"', '\\', '{', '}', '0', 'NaN', '\0', '\n', '\u00a0', "'", ' ', ':', '.'),
      )
      .map(([at, piece]) => text.slice(0, at) + piece + text.slice(at)),
    fc.constantFrom(
      `${text}x`,
      `${text}{}`,
      `${text},`,
      `\ufeff${text}`,
      'NaN',
      'Infinity',
      '-Infinity',
      `/**/${text}`,
      `${text}\0`,
      `\f${text}`,
    ),
  )
}

/** The charset parameters that encode a text, each with its encoder. */
const encoders: [string, (text: string) => Buffer][] = [
  ['', (text) => Buffer.from(text)],
  ['; charset=utf-8', (text) => Buffer.from(text)],
  ['; charset="UTF-8"', (text) => Buffer.from(text)],
  [';charset=utf8;q=1', (text) => Buffer.from(text)],
  ['; charset=none-such', (text) => Buffer.from(text)],
  ['; charset=', (text) => Buffer.from(text)],
  ['; charset=latin-1', (text) => Buffer.from(text, 'latin1')],
  ['; charset=iso-8859-1', (text) => Buffer.from(text, 'latin1')],
  ['; charset=utf-16-le', (text) => Buffer.from(text, 'utf16le')],
  ['; charset=utf-16-be', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['; charset=us-ascii', (text) => Buffer.from(text, 'ascii')],
  ['; charset=utf-8', (text) => Buffer.from(text, 'latin1')],
  ['', (text) => Buffer.from(text, 'utf16le')],
  ['; charset=us-ascii', (text) => Buffer.from(text)],
  ['', (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
  ['', (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3])])],
]

/** Encodes a text in a charset that the media type states rightly, wrongly or not at all. */
export function encodeText(mediaType: string, text: string): fc.Arbitrary<TypedBody> {
  return fc.constantFrom(...encoders).map(([parameter, encode]) => ({
    contentType: mediaType + parameter,
    body: { base64: encode(text).toString('base64') },
  }))
}

/** Fields as a form. Values are texts; `{{…}}` stays as it stands. */
export function writeForm(fields: [string, string][]): string {
  return fields.map(([name, value]) => `${name}=${value}`).join('&')
}

/** Text of a form's value, as it stands in the body. */
export const formValue = fc.oneof(
  fc.constantFrom(
    '',
    '+',
    '%20',
    'a+b',
    '%00',
    '%',
    '%zz',
    '%C3%A9',
    '%E9',
    '%ED%A0%80',
    'é',
    '%C3',
    'a=b',
    'a;b',
    '%26',
    '%EF%BB%BF',
    '%f0%9f%98%80',
    '%u0041',
  ),
  fc.webQueryParameters({ size: 'small' }).map((text) => text.replaceAll('&', '')),
)

/**
 * A body of `multipart/form-data` from parts: headers after `form-data`, further lines, and
 * content.
 */
export function writeMultipart(
  parts: { disposition: string; lines: string; content: string }[],
  end = '--',
): string {
  const written = parts.map(
    ({ disposition, lines, content }) =>
      `--frontier\r\nContent-Disposition: form-data${disposition}\r\n${lines}\r\n${content}\r\n`,
  )
  return `${written.join('')}--frontier${end}\r\n`
}
