import { expect, test } from 'vitest'
import { findCharset } from '../src/http/drf/decode.ts'
import { readForm } from '../src/http/drf/form.ts'
import { negotiate } from '../src/http/drf/negotiate.ts'
import { numberText } from '../src/http/drf/number-text.ts'

const asked = (query: string, accept?: string) =>
  negotiate(
    new Request(`http://accounts.test/api/users/me/${query}`, { headers: accept ? { Accept: accept } : {} }),
  )

test.each([
  ['', undefined, 0],
  ['?format=json', undefined, 0],
  ['?format=', '*/*', 0],
  ['?format=xml&format=json', undefined, 0],
  ['', 'text/html, */*', 0],
  ['', 'application/*', 0],
  ['', 'application/json; indent=4', 4],
  ['', 'application/json; indent=8', 8],
  ['', 'application/json; indent=100', 8],
  ['', 'application/json; indent=-1', 0],
  ['', 'application/json; indent=four', 0],
  ['', '*/*; indent=2, application/json; indent=4', 4],
  ['', 'application/*; indent=2, application/json; indent=4, */*; indent=6', 4],
  ['', 'application/json; q=0.9, application/json; indent=2', 2],
  ['', 'application/json; indent=2, application/json; q=0.9', 2],
  ['', 'application/*; indent=2, */*; indent=4', 2],
])('JSON is written as the query and Accept ask: %j %j', (query, accept, indent) => {
  expect(asked(query, accept)).toEqual({ indent })
})

test.each([
  ['?format=xml', undefined, 'not_found'],
  ['?format=json&format=xml', undefined, 'not_found'],
  ['', 'text/html', 'not_acceptable'],
  ['', 'application/xml, text/*', 'not_acceptable'],
])('who asks for something else than JSON is refused: %j %j', (query, accept, code) => {
  expect(() => asked(query, accept)).toThrow(expect.objectContaining({ code }))
})

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['-12', '-12'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['0.0', '0.0'],
  ['-0.0', '-0.0'],
  ['1.50', '1.5'],
  ['1e2', '100.0'],
  ['1e15', '1000000000000000.0'],
  ['1e16', '1e+16'],
  ['1.5E+300', '1.5e+300'],
  ['123456789012345680.0', '1.2345678901234568e+17'],
  ['0.0001', '0.0001'],
  ['0.00012345', '0.00012345'],
  ['0.00001', '1e-05'],
  ['-1.5e-7', '-1.5e-07'],
  ['1e400', 'inf'],
  ['-1e400', '-inf'],
])('a number of JSON is written as Python writes it: %s', (source, text) => {
  expect(numberText(source)).toBe(text)
})

test.each([
  [undefined, [0xc3, 0xa9], 'é'],
  ['UTF-8', [0xc3, 0xa9], 'é'],
  ['utf8', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ['no-such-charset', [0xc3, 0xa9], 'é'],
  ['Latin-1', [0xc3, 0xa9], 'Ã©'],
  ['ISO_8859-1', [0x80], '\x80'],
  ['cp1252', [0x80], '€'],
  ['us-ascii', [0x61], 'a'],
  ['utf-16', [0x61, 0x00], 'a'],
  ['UTF-16BE', [0x00, 0x61], 'a'],
])('text is decoded as the codec of Python that its charset names: %s', (name, bytes, text) => {
  expect(findCharset(name).decode(Uint8Array.from(bytes))).toBe(text)
})

test.each(['utf-8', 'ascii', 'unknown'])('bytes that are not %s are refused', (name) => {
  expect(() => findCharset(name).decode(Uint8Array.from([0x61, 0xe9]))).toThrow(TypeError)
  expect(findCharset(name).decodeLoosely(Uint8Array.from([0x61, 0xe9]))).toBe('a\ufffd')
})

test.each([
  ['email=a&password=b', { email: 'a', password: 'b' }],
  ['a=1&b=2&a=3', { a: '3', b: '2' }],
  ['&&a=1&', { a: '1' }],
  ['a', { a: '' }],
  ['a=b=c==', { a: 'b=c==' }],
  ['a+b=c+d%2B', { 'a b': 'c d+' }],
  ['%61=%C3%a9', { a: 'é' }],
  ['a=%E9', { a: '\ufffd' }],
  ['a=100%', { a: '100%' }],
  ['a=%zz%4', { a: '%zz%4' }],
  ['a=%26%3d', { a: '&=' }],
])('a form is read as Django reads it: %s', (body, fields) => {
  expect(readForm(Buffer.from(body), findCharset())).toEqual(fields)
})

test('a form whose bytes are not of its charset is read as Latin-1', () => {
  expect(readForm(Buffer.from('a=\xe9', 'latin1'), findCharset())).toEqual({ a: 'é' })
  expect(readForm(Buffer.from('a=%E9'), findCharset('latin-1'))).toEqual({ a: 'é' })
})
