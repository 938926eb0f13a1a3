import { expect, test } from 'vitest'
import { z } from 'zod'
import { AuthError } from '../../src/errors.ts'
import { findCharset } from '../../src/http/drf/decode.ts'
import { nestFields } from '../../src/http/drf/fields.ts'
import { readForm } from '../../src/http/drf/form.ts'
import { negotiate } from '../../src/http/drf/negotiate.ts'
import { numberText } from '../../src/http/drf/number-text.ts'
import { describe as describeEndpoint } from '../../src/http/drf/options.ts'
import { MultipartError } from '../../src/http/drf/multipart.ts'
import { parseBody } from '../../src/http/drf/parse.ts'
import { renderAnswer, renderError } from '../../src/http/drf/render.ts'
import { listEndpoints } from '../../src/http/routes.ts'
import type { RestMeta } from '../../src/procedures/meta.ts'

const asked = (query: string, accept?: string) =>
  negotiate(new URL(`http://accounts.test/api/users/me/${query}`), accept ?? null)

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
  ['', 'application/json; indent=4x', 0],
  ['', 'application/json; indent=x4', 0],
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
  ['utf16', [0x61, 0x00], 'a'],
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

test('a form whose bytes break its charset is Latin-1', () => {
  expect(readForm(Buffer.from('a=\xe9', 'latin1'), findCharset())).toEqual({ a: 'é' })
  expect(readForm(Buffer.from('a=%E9'), findCharset('latin-1'))).toEqual({ a: 'é' })
})

const send = (contentType: string | undefined, body: NonNullable<RequestInit['body']>) =>
  new Request('http://accounts.test/', {
    method: 'POST',
    body,
    headers: contentType === undefined ? {} : { 'Content-Type': contentType },
    duplex: 'half',
  })

test.each([
  ['application/json', '', {}],
  ['text/plain', '', {}],
  [
    'application/json',
    '{"a": 1.50, "b": -0, "c": [1e2], "d": {"e": 7}}',
    { a: '1.5', b: '0', c: ['100.0'], d: { e: '7' } },
  ],
  ['application/json', '{"a": true, "b": null}', { a: true, b: null }],
  ['application/json', '7', 7n],
  ['application/json', '7.5', 7.5],
  ['APPLICATION/JSON; charset=latin-1', Buffer.from('{"a": "\xe9"}', 'latin1'), { a: 'é' }],
  ['application/x-www-form-urlencoded; charset=latin-1', 'a=%E9', { a: 'é' }],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="p.a"\r\n\r\n1\r\n--x--',
    { p: { a: '1' } },
  ],
  ['application/x-www-form-urlencoded', 'p.a=1&p=2&q=3', { p: { a: '1' }, q: '3' }],
])('a body of %s is read as Django reads it: %j', async (contentType, body, fields) => {
  expect(await parseBody(send(contentType, body), ['p'])).toEqual(fields)
})

test('a character cut off after JSON is dropped, as in Python', async () => {
  const body = Buffer.concat([Buffer.from('{"a":"b"}'), Buffer.from('\u20ac').subarray(0, 2)])
  expect(await parseBody(send('application/json', body))).toEqual({ a: 'b' })
})

test('an integer of 4,300 digits is read as Python does', async () => {
  const digits = '9'.repeat(4300)
  expect(await parseBody(send('application/json', `{"a": -${digits}}`))).toEqual({ a: `-${digits}` })
  await expect(parseBody(send('application/json', `{"a": ${digits}9}`))).rejects.toMatchObject({
    code: 'parse_error',
  })
})

test.each([
  ['application/json', '{"secret', 'parse_error', 'JSON parse error - The body is not valid JSON'],
  [
    'application/json',
    Buffer.from('"\xe9secret"', 'latin1'),
    'parse_error',
    'JSON parse error - The body is not valid JSON',
  ],
  [
    'multipart/form-data; boundary=x',
    'secret',
    'parse_error',
    'Multipart form parse error - The body is not a valid form',
  ],
  [
    'text/plain; a=b',
    'secret',
    'unsupported_media_type',
    'Unsupported media type "text/plain; a=b" in request.',
  ],
])('a body of %s that is none is refused, and not quoted: %s', async (contentType, body, code, message) => {
  await expect(parseBody(send(contentType, body))).rejects.toMatchObject({ code, message })
})

test('what a parser said of a body stays in the cause', async () => {
  const causeOf = async (contentType: string) => {
    const error: unknown = await parseBody(send(contentType, '{')).catch((error: unknown) => error)
    return error instanceof AuthError ? error.cause : undefined
  }
  expect(await causeOf('application/json')).toBeInstanceOf(SyntaxError)
  expect(await causeOf('multipart/form-data; boundary=x')).toBeInstanceOf(MultipartError)
})

test('a body cut off on its way is no service failure', async () => {
  const cause = new Error('reset')
  const body = new ReadableStream({ pull: (controller) => controller.error(cause) })
  await expect(parseBody(send('application/json', body))).rejects.toMatchObject({
    code: 'parse_error',
    cause,
  })
})

test.each([
  [{ p: '1', q: '2' }, { q: '2' }],
  [
    { 'p.a': '1', 'p.b.c': '2', pa: '3' },
    { pa: '3', p: { a: '1', 'b.c': '2' } },
  ],
  [{ 'q.a': '1' }, { 'q.a': '1' }],
])('fields with a dot in their names stand in objects: %j', (fields, nested) => {
  expect(nestFields(fields, ['p'])).toEqual(nested)
})

const options = {
  allow: ['GET', 'OPTIONS'],
  isProtected: true,
  requestId: 'the id',
  indent: 0,
  translate: String,
}

test('JSON answers are valid JavaScript and describe their endpoint', async () => {
  const answer = renderAnswer({ status: 200, body: { a: '\u2028\u2029é', b: 1 } }, { ...options, indent: 2 })
  expect(await answer.text()).toBe('{\n  "a": "\\u2028\\u2029é",\n  "b": 1\n}')
  expect(Object.fromEntries(answer.headers)).toEqual({
    allow: 'GET, OPTIONS',
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  })
  const nothing = renderAnswer({ status: 204, body: {} }, { ...options, allow: [] })
  expect([await nothing.text(), nothing.headers.get('content-type'), nothing.headers.get('allow')]).toEqual([
    '',
    null,
    null,
  ])
})

const messages = (message: string) => [{ token_class: 'AccessToken', token_type: 'access', message }]
const ofToken = 'Given token not valid for any token type'

test.each([
  [
    new AuthError('internal_error'),
    true,
    { detail: 'Something went wrong on our side.', request_id: 'the id' },
  ],
  [new AuthError('not_found'), true, { detail: 'Not found.' }],
  [new AuthError('token_expired'), false, { detail: 'Token is expired', code: 'token_not_valid' }],
  [
    new AuthError('token_expired'),
    true,
    { detail: ofToken, code: 'token_not_valid', messages: messages('Token is expired') },
  ],
  [
    new AuthError('session_ended'),
    true,
    { detail: ofToken, code: 'token_not_valid', messages: messages('Token is blacklisted') },
  ],
  [new AuthError('user_inactive'), true, { detail: 'User is inactive', code: 'user_inactive' }],
  [
    new AuthError('token_without_user'),
    true,
    { detail: 'Token contained no recognizable user identification', code: 'token_not_valid' },
  ],
  [
    new AuthError('invalid_input', { fields: { 'profile.bio': ['x'], c: ['y'] } }),
    true,
    { profile: { bio: ['x'] }, c: ['y'] },
  ],
])('an error has the shape of Django REST framework: %s', async (error, isProtected, body) => {
  const answer = renderError(error, { ...options, isProtected })
  expect([answer.status, await answer.json()]).toEqual([error.status, body])
  expect(answer.headers.get('www-authenticate')).toBe(error.status === 401 ? 'Bearer realm="api"' : null)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('an endpoint is described as SimpleMetadata does', () => {
  const input = z.object({ refresh_token: z.string(), name: z.string().optional(), hint: z.string() })
  const rest: RestMeta = {
    method: 'POST',
    path: '/api/users/a',
    view: 'A',
    text: 'B',
    readOnly: ['access'],
    headers: { hint: 'Hint' },
  }
  const definition = {
    path: 'auth.a',
    type: 'mutation' as const,
    isInputOptional: false,
    output: z.object({}),
  }
  const describe = (meta: RestMeta, taken?: z.ZodObject) =>
    listEndpoints([{ ...definition, meta: { rest: meta }, input: taken }]).map(describeEndpoint)
  const field = (label: string, required: boolean, read_only: boolean) => ({
    type: 'string',
    required,
    read_only,
    label,
  })
  const words = {
    name: 'A',
    description: 'B',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  }
  const POST = {
    refresh_token: field('Refresh token', true, false),
    name: field('Name', false, false),
    access: field('Access', false, true),
  }
  expect(describe(rest, input)).toEqual([{ ...words, actions: { POST } }])
  expect(describe(rest)).toEqual([words])
  expect(describe({ ...rest, method: 'PATCH' }, input)).toEqual([words])
})
