import fc from 'fast-check'
import type { Exchange, TokenSpec } from '../exchange.ts'
import {
  anyValue,
  breakJson,
  encodeText,
  faultyValue,
  formValue,
  jsonSpace,
  strayJson,
  type TypedBody,
  writeForm,
  writeMultipart,
  writeObject,
} from './bodies.ts'
import { accept, authorization, contentType, method, otherPath, query } from './headers.ts'
import { anyToken, foreignToken } from './tokens.ts'

/** An endpoint that takes a body, the fields of it, and the tokens that may be sent there. */
interface BodyEndpoint {
  path: string
  fields: string[]
  token: fc.Arbitrary<TokenSpec>
}

const login: BodyEndpoint = { path: '/api/users/login/', fields: ['email', 'password'], token: anyToken }

const bodyEndpoints: BodyEndpoint[] = [
  { path: '/api/users/token/refresh/', fields: ['refresh'], token: anyToken },
  { path: '/api/users/token/verify/', fields: ['token'], token: anyToken },
  { path: '/api/users/token/blacklist/', fields: ['refresh'], token: foreignToken },
]

const placeholder = '{{token}}'

/**
 * A random request to any endpoint, with the token that it carries. Few of them make a server hash
 * a password.
 */
export const anyExchange: fc.Arbitrary<Exchange> = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...bodyEndpoints).chain(tokenExchange) },
  { weight: 30, arbitrary: fc.constantFrom(login, ...bodyEndpoints).chain(bodyExchange) },
  { weight: 20, arbitrary: meExchange() },
  { weight: 12, arbitrary: straightExchange() },
  { weight: 1, arbitrary: loginExchange() },
)

/** A well-formed body whose token is of any kind. */
function tokenExchange({ path, fields, token }: BodyEndpoint): fc.Arbitrary<Exchange> {
  return fc.record({ token, authorization }).map(({ token, authorization }) => ({
    tokens: { token },
    request: {
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/json', ...authorization },
      body: {
        text: writeObject(
          fields.map((name) => [name, JSON.stringify(placeholder)]),
          '',
        ),
      },
    },
  }))
}

/** A body that is faulty in some way, or in some way odd. */
function bodyExchange({ path, fields }: BodyEndpoint): fc.Arbitrary<Exchange> {
  return fc
    .record({
      typed: anyBody(fields),
      otherType: fc.option(contentType, { freq: 6 }),
      accept,
      query,
      authorization,
    })
    .map(({ typed, otherType, accept, query, authorization }) => ({
      request: {
        method: 'POST',
        path: path + query,
        headers: { ...contentTypeHeader(otherType ?? typed.contentType), ...accept, ...authorization },
        body: typed.body,
      },
    }))
}

function contentTypeHeader(value: string): Record<string, string> {
  return value === '' ? {} : { 'Content-Type': value }
}

function anyBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const json = jsonObject(fields)
  const asJson = (text: string): TypedBody => ({ contentType: 'application/json', body: { text } })
  return fc.oneof(
    { weight: 6, arbitrary: json.map(asJson) },
    { weight: 3, arbitrary: strayJson.map(asJson) },
    { weight: 2, arbitrary: json.chain(breakJson).map(asJson) },
    { weight: 3, arbitrary: json.chain((text) => encodeText('application/json', text)) },
    { weight: 3, arbitrary: formBody(fields) },
    { weight: 2, arbitrary: multipartBody(fields) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.constantFrom(1000, 65536, 65537, 100_000))
        .map(([text, padTo]) => ({ contentType: 'application/json', body: { text, padTo } })),
    },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => ({
        contentType: 'application/json',
        body: { base64: Buffer.from(bytes).toString('base64') },
      })),
    },
  )
}

/** At least one field is missing or faulty, so that nobody hashes a password. */
function jsonObject(fields: string[]): fc.Arbitrary<string> {
  const one = fc.constantFrom(...fields, 'x', '__proto__', 'constructor', '')
  return fc
    .record({
      others: fc.array(fc.tuple(one, anyValue), { maxLength: 3 }),
      last: fc.tuple(fc.constantFrom(...fields), faultyValue),
      isMissing: fc.boolean(),
      space: jsonSpace,
    })
    .map(({ others, last, isMissing, space }) => {
      const isLastField = ([name]: [string, string]) => name === last[0]
      if (isMissing)
        return writeObject(
          others.filter((member) => !isLastField(member)),
          space,
        )
      return writeObject([...others, last], space)
    })
}

function formBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const names = fc.constantFrom(
    ...fields.slice(0, 1),
    '%72efresh',
    'x',
    '',
    '?refresh',
    ' refresh',
    'refresh%00',
  )
  return fc
    .record({
      pairs: fc.array(fc.tuple(names, formValue), { maxLength: 4 }),
      contentType: fc
        .constantFrom('', '; charset=utf-8', '; charset=latin-1', ';charset="utf-8"', '; charset=us-ascii')
        .map((parameter) => `application/x-www-form-urlencoded${parameter}`),
      encoding: fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'latin1'),
    })
    .map(({ pairs, contentType, encoding }) => ({
      contentType,
      body: { base64: Buffer.from(writeForm(pairs), encoding).toString('base64') },
    }))
}

function multipartBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const [field = ''] = fields
  const disposition = fc.constantFrom(
    `; name="${field}"`,
    `; name="${field}"`,
    `; name=${field}`,
    `; name="x"`,
    `; name="${field}"; filename="a.txt"`,
    `; name="${field}"; filename=""`,
    '',
  )
  const part = fc.record({
    disposition,
    lines: fc.constantFrom(
      '',
      '',
      'Content-Type: text/plain\r\n',
      'Content-Type: text/plain; charset=utf-8\r\n',
      'X: y\r\n',
    ),
    content: fc.constantFrom('', ' ', 'a', 'é', 'a\r\nb', '\0', '--', '-'),
  })
  return fc
    .record({
      parts: fc.array(part, { minLength: 1, maxLength: 3 }),
      contentType: fc.constantFrom(
        'multipart/form-data; boundary=frontier',
        'multipart/form-data; boundary="frontier"',
        'multipart/form-data; charset=utf-8; boundary=frontier',
        'Multipart/Form-Data; Boundary=frontier',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=other',
      ),
      end: fc.constantFrom('--', '--', '--', '--', ''),
    })
    .map(({ parts, contentType, end }) => ({ contentType, body: { text: writeMultipart(parts, end) } }))
}

/** The protected endpoint with any token, said in any way. */
function meExchange(): fc.Arbitrary<Exchange> {
  return fc
    .record({
      token: anyToken,
      said: fc.oneof(
        { weight: 5, arbitrary: fc.constant(`Bearer ${placeholder}`) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            `bearer ${placeholder}`,
            `Token ${placeholder}`,
            placeholder,
            `Bearer ${placeholder} x`,
            ` Bearer\t ${placeholder} `,
          ),
        },
      ),
      method: fc.oneof({ weight: 5, arbitrary: fc.constant('GET') }, { weight: 1, arbitrary: method }),
      accept,
      query,
    })
    .map(({ token, said, method, accept, query }) => ({
      tokens: { token },
      request: { method, path: `/api/users/me/${query}`, headers: { Authorization: said, ...accept } },
    }))
}

/** Any method at any path, without a body. */
function straightExchange(): fc.Arbitrary<Exchange> {
  const known = [login, ...bodyEndpoints].map(({ path }) => path)
  return fc
    .record({
      method,
      path: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('/api/users/me/', ...known) },
        { weight: 1, arbitrary: otherPath },
      ),
      query,
      accept,
      authorization,
      type: fc.option(contentType),
    })
    .map(({ method, path, query, accept, authorization, type }) => ({
      request: {
        method,
        path: path + query,
        headers: { ...contentTypeHeader(type ?? ''), ...accept, ...authorization },
      },
    }))
}

/** A login with both fields: it makes either server hash a password. */
function loginExchange(): fc.Arbitrary<Exchange> {
  const email = fc.constantFrom(
    'test@example.com',
    'test@example.com',
    'inactive@example.com',
    'Mixed.Case@example.com',
    'TEST@example.com',
    ' test@example.com',
    'nobody@example.com',
    'test',
    '\u200b',
    '1',
  )
  const password = fc.constantFrom(
    'TestPass123!',
    'TestPass123!',
    ' TestPass123! ',
    'wrong',
    'pässwörd ☃ with spaces ',
    'pässwörd ☃ with spaces',
    'x'.repeat(1025),
    ' ',
  )
  return fc.record({ email, password }).map((credentials) => ({
    request: {
      method: 'POST',
      path: login.path,
      headers: { 'Content-Type': 'application/json' },
      body: { json: credentials },
    },
  }))
}
