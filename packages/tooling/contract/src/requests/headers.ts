import fc from 'fast-check'

/** Methods that HTTP servers know, and for which a client sends nothing special. */
export const method = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'PROPFIND',
  'PURGE',
)

/** The end of a path: nothing, or a query. */
export const query = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?',
      '?format=json',
      '?format=xml',
      '?format=',
      '?format',
      '?format=api',
      '?format=JSON',
      '?format=json&format=xml',
      '?format=xml&format=json',
      '?format=%6Ason',
      '?format=xml&x=1',
      '?Format=xml',
      '?x=1&&=&y',
      '?token={{access}}',
      '?refresh=x&email=a',
    ),
  },
)

/** Paths that are none of the endpoints, or an endpoint otherwise spelled. */
export const otherPath = fc.oneof(
  fc.constantFrom(
    '/',
    '/api',
    '/api/',
    '/api/users',
    '/api/users/',
    '/api/users/none/',
    '/api/users/me',
    '/api/users/login',
    '/api/users/token/refresh',
    '/api/users/me//',
    '/api/users//me/',
    '/api/users/ME/',
    '/api/users/%6De/',
    '/api/users/me%2F',
    '/api/users/me/x',
    '/api/users/token/',
    '/api/users/constructor/',
    '/api/users/me/%20',
    '/api/users/me/%zz',
    '/api/users/./me/',
    '/favicon.ico',
  ),
  fc.webPath().map((path) => `/none${path}`),
)

const oddAccept = fc.constantFrom(
  '',
  '*/*',
  'application/json',
  'application/*',
  '*/json',
  'text/html',
  'text/html, */*',
  'text/html,application/json;q=0',
  'application/json; indent=4',
  'application/json;indent=0',
  'application/json; indent=x',
  'application/json; indent=-1',
  'application/json; indent=100',
  '*/*; indent=3',
  'application/*; indent=2',
  'application/json; charset=utf-8',
  'application/JSON',
  'application/json/x',
  'json',
  '*',
  ',',
  ' , application/json',
  'application/json;',
  ';',
  '; indent=2',
  'application/json; q="a;b"; indent=2',
  'application/json; INDENT=2',
)

/** An `Accept`, seldom an odd one. */
export const accept: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: oddAccept.map((Accept) => ({ Accept })) },
)

/**
 * A `Content-Type` that has nothing to do with the body, without the space around it that is no
 * part of it; empty for none.
 */
export const contentType = fc.oneof(
  fc.constantFrom(
    '',
    'text/plain',
    'application/json',
    'APPLICATION/JSON; charset=utf-8',
    'application/json;',
    'application/json; charset',
    'application/json; charset="utf-8',
    'application/jsonx',
    'application/*',
    '*/*',
    'json',
    '/',
    '/json',
    'application/json/x',
    'application/json, text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=frontier',
    'multipart/form-data',
    'multipart/mixed',
    'text/plain; x="\\"',
    'é/ü',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map((text) => text.replace(/[{}]/g, '').trim()),
)

/** An `Authorization` without a good token, where it is looked at or not. */
export const authorization: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        '',
        'Bearer',
        'Bearer ',
        'Bearer garbage',
        'Bearer a b',
        'Basic dGVzdA==',
        'Bearer {{access}}',
        'bearer',
        '\tBearer x\t',
        'Bearer\u00a0x',
        'Bearer é',
      )
      .map((Authorization) => ({ Authorization })),
  },
)
