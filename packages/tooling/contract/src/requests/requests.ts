import fc from 'fast-check'
import type { Exchange, TokenSpec } from '../exchange.ts'
import { anyBody } from './any-body.ts'
import { writeObject } from './bodies.ts'
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
