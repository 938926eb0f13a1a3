import fc from 'fast-check'
import type { RequestSpec } from '../src/exchange.ts'
import { method } from '../src/requests/headers.ts'

/** Any text that a header line can hold (RFC 9110 section 5.5). */
const headerText = fc
  .string({ unit: 'binary-ascii' })
  .map((text) => text.replace(/[^\x20-\x7e\t]/g, '').trim())

const headers = fc
  .record(
    {
      'Content-Type': fc.oneof(
        headerText,
        fc.constantFrom(
          'application/json',
          'application/json; charset=utf-16le',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'multipart/form-data',
          'multipart/mixed; boundary=x',
          'text/plain',
          'application/octet-stream',
        ),
      ),
      Accept: fc.oneof(headerText, fc.constantFrom('*/*', 'text/event-stream', 'application/jsonl')),
      Authorization: fc.oneof(
        headerText,
        headerText.map((text) => `Bearer ${text}`),
      ),
      'Content-Encoding': fc.constantFrom('gzip', 'br', 'x'),
      'User-Agent': headerText,
      Cookie: headerText,
      Origin: headerText,
      'X-Forwarded-For': headerText,
      'If-None-Match': headerText,
      Range: fc.constantFrom('bytes=0-', 'bytes=9-1', 'x'),
      'trpc-accept': fc.constantFrom('application/jsonl', 'x'),
      'trpc-batch-mode': fc.constantFrom('stream', 'x'),
    },
    { requiredKeys: [] },
  )
  .map((headers): Record<string, string> => headers)

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .tuple(
      fc.constantFrom('[', '{"a":', '{"refresh":"', '--x\r\n', 'a=&', '"\\u'),
      fc.integer({ min: 1, max: 9000 }),
    )
    .map(([piece, times]) => Buffer.from(piece.repeat(times))),
  fc.constantFrom(66_000, 200_000).map((length) => Buffer.alloc(length, 'a')),
)

const restPath = fc.oneof(
  fc
    .constantFrom('policy', 'register', 'login', 'token/refresh', 'token/verify', 'token/blacklist', 'me')
    .map((name) => `/api/users/${name}/`),
  fc.webPath().map((path) => `/api/users${path}`),
  fc.webPath().map((path) => `/none${path}`),
)

const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((text) => `?${text}`),
  fc.constantFrom('?%', '?%ff', '?format=%00'),
)

const procedure = fc.oneof(
  fc.constantFrom(
    'auth.policy',
    'auth.register',
    'auth.updateProfile',
    'auth.login',
    'auth.refresh',
    'auth.logout',
    'auth.verify',
    'auth.me',
    'auth',
    'auth.none',
    '__proto__',
    'auth.constructor',
  ),
  fc.webSegment(),
)

const trpcQuery = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?batch=1',
    '?batch=1&input=%7B%7D',
    '?input=',
    '?input=%7B',
    '?input=null',
    '?batch=1&input=%5B%5D',
    '?connectionParams=1',
  ),
  fc.json().map((text) => `?input=${encodeURIComponent(text)}`),
  fc.json().map((text) => `?batch=1&input=${encodeURIComponent(`{"0":${text}}`)}`),
)

const trpcPath = fc
  .tuple(fc.array(procedure, { minLength: 1, maxLength: 25 }), trpcQuery)
  .map(([names, query]) => `/api/trpc/${names.join(',')}${query}`)

function request(path: fc.Arbitrary<string>): fc.Arbitrary<RequestSpec> {
  return fc.record({ method, path, headers, body: fc.option(bytes) }).map(({ body, ...spec }) => ({
    ...spec,
    ...(body === null ? {} : { body: { base64: body.toString('base64') } }),
  }))
}

/** Any request to the REST endpoints or to a path that is none. */
export const wildRest = request(fc.tuple(restPath, query).map(([path, query]) => path + query))

/** Any request to the tRPC endpoint. */
export const wildTrpc = request(trpcPath)

const piece = fc.constantFrom(
  'GET ',
  'POST ',
  '/api/users/me/',
  '/api/users/login/',
  '/api/trpc/auth.me',
  ' HTTP/1.1',
  ' HTTP/1.0',
  ' HTTP/9.9',
  '\r\n',
  '\r\n\r\n',
  '\n',
  'Host: x\r\n',
  'Host: [\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 99999999999999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip\r\n',
  'Content-Type: application/json\r\n',
  'Expect: 100-continue\r\n',
  'Upgrade: websocket\r\nConnection: Upgrade\r\n',
  'Connection: close\r\n',
  '5\r\n{"a":\r\n',
  'ffffffffffffffff\r\n',
  '0\r\n\r\n',
  '{}',
  '\0',
  'é',
  ': x\r\n',
)

/** Bytes that are HTTP, nearly HTTP, or nothing of the kind. */
export const wildBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
  fc
    .array(piece, { maxLength: 12 })
    .map((pieces) =>
      Buffer.from(`POST /api/users/token/verify/ HTTP/1.1\r\nHost: x\r\n${pieces.join('')}`, 'latin1'),
    ),
)
