import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parseMediaType } from '../../src/http/drf/media-type.ts'
import { readMultipart } from '../../src/http/drf/multipart.ts'

function read(contentType: string, body: string): Promise<Record<string, unknown>> {
  return readMultipart(Buffer.from(body, 'latin1'), { contentType, mediaType: parseMediaType(contentType) })
}

const field = (name: string, more = '') =>
  `--x${more}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\na value\r\n`
const file = (name: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\na\r\n`

const type = 'multipart/form-data'

/** The texts of Django 5.2's MultiPartParser. */
test.each([
  [type, 'Invalid boundary in multipart: None'],
  [`${type}; boundary`, 'Invalid boundary in multipart: None'],
  [`${type}; boundary=`, 'Invalid boundary in multipart: '],
  [`${type}; boundary=""`, 'Invalid boundary in multipart: '],
  [`${type}; boundary="x "`, 'Invalid boundary in multipart: x '],
  [`${type}; boundary=a\tb`, 'Invalid boundary in multipart: a\tb'],
  [`${type}; boundary=x; boundary=`, 'Invalid boundary in multipart: '],
  [`${type}; boundary=${'b'.repeat(202)}`, `Invalid boundary in multipart: ${'b'.repeat(202)}`],
  [`${type}; boundary=é`, `Invalid non-ASCII Content-Type in multipart: ${type}; boundary=é`],
  [
    `${type}; charset=é; boundary=x`,
    `Invalid non-ASCII Content-Type in multipart: ${type}; charset=é; boundary=x`,
  ],
])('a boundary that is none is refused in the words of Django: %s', async (contentType, message) => {
  await expect(read(contentType, `${field('email')}--x--\r\n`)).rejects.toMatchObject({ message })
})

test.each([
  ['x', 'x'],
  ['"x"', 'x'],
  ['"a b"', 'a b'],
  ['"a;b"', 'a;b'],
  [String.raw`"a\"b"`, 'a"b'],
  ['%41', '%41'],
  [`'()+_,-./:=?`, `'()+_,-./:=?`],
  [`a"b`, 'a"b'],
  ['b'.repeat(201), 'b'.repeat(201)],
])('a boundary is read as Django reads it: %s', async (written, boundary) => {
  const body = `${field('email')}--x--\r\n`.replaceAll('--x', () => `--${boundary}`)
  expect(await read(`${type}; boundary=${written}`, body)).toEqual({ email: 'a value' })
})

test('an RFC 2231 boundary is read as Django reads it', async () => {
  const body = `${field('email')}--x--\r\n`
  for (const written of ["utf-8''x", "utf-8''%78", 'x'])
    expect(await read(`${type}; boundary*=${written}`, body)).toEqual({ email: 'a value' })
})

test.each([' ', '   ', '\t', ' \t '])(
  'white space after a boundary is no part of the form: %j',
  async (padding) => {
    const body = `${field('email', padding)}${field('password', padding)}--x--${padding}\r\n`
    expect(await read(`${type}; boundary=x`, body)).toEqual({ email: 'a value', password: 'a value' })
  },
)

test('a value keeps white space, and lines that look like boundaries', async () => {
  const value = ' a \r\n -- x \r\n b\r\n --x \r\n\t'
  const body = `${field('email').replace('a value', () => value)}--x--\r\n`
  expect(await read(`${type}; boundary=x`, body)).toEqual({ email: value })
})

test.each([
  ['fields', field, 1000],
  ['files', file, 100],
  ['parts', (name: string) => field(name).replace('Disposition', 'Nothing'), 1100],
])('a body with more %s than Django reads is refused', async (_, write, most) => {
  const body = (count: number) =>
    `${Array.from({ length: count }, (_, index) => write(`f${index}`)).join('')}--x--\r\n`
  await expect(read(`${type}; boundary=x`, body(most))).resolves.toBeTypeOf('object')
  await expect(read(`${type}; boundary=x`, body(most + 1))).rejects.toThrow('The body is not a valid form')
})

test('of fields of one name the last counts, before any file', async () => {
  const other = field('email').replace('a value', 'another')
  expect(await read(`${type}; boundary=x`, `${field('email')}${other}--x--`)).toEqual({ email: 'another' })
  expect(await read(`${type}; boundary=x`, `${file('email')}${other}--x--`)).toEqual({ email: {} })
})

test('a part whose file name is empty is a field', async () => {
  const body = `${file('email').replace('filename="a"', 'filename=""')}--x--`
  expect(await read(`${type}; boundary=x`, body)).toEqual({ email: 'a' })
})

test('a body cut off within a file is refused, with the cause', async () => {
  await expect(read(`${type}; boundary=x`, file('email'))).rejects.toMatchObject({
    message: 'The body is not a valid form',
    cause: new Error('Unexpected end of multipart data'),
  })
})

test.each([
  ['fields', field('a').repeat(1001)],
  ['files', file('a').repeat(101)],
  ['parts', '--x\r\n\r\na\r\n'.repeat(1101)],
])('too many %s in a body that is cut off end no process', async (_, body) => {
  const uncaught = vi.fn<() => void>()
  process.on('uncaughtExceptionMonitor', uncaught)
  onTestFinished(() => void process.off('uncaughtExceptionMonitor', uncaught))
  await expect(read(`${type}; boundary=x`, body)).rejects.toThrow('The body is not a valid form')
  await turn() // The parser reports the cut after the limit.
  expect(uncaught).not.toHaveBeenCalled()
})
