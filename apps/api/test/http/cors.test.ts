import { connect } from 'node:net'
import { once } from 'node:events'
import { createOpenApiDocument } from '@pockitflyer/auth/openapi'
import { afterAll, expect, test } from 'vitest'
import { readApiSettings } from '../../src/settings.ts'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'

const database = await openDatabase()
const known = 'https://app.example.com'
const app = 'capacitor://localhost'
const api = await startTestApi(database.url, { CORS_ORIGINS: `${known}, ${app}` })
const closed = await startTestApi(database.url)
const dev = await startTestApi(database.url, { NODE_ENV: 'development' })
afterAll(() => Promise.all([api, closed, dev].map((each) => each.stop())))

interface Asked {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/**
 * Sends a request of any method and headers, a browser's `Origin` among them, and reads the headers
 * that CORS is about.
 */
async function ask(url: string, origin: string | undefined, { method = 'GET', path, headers, body }: Asked) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = {
    Host: 'x',
    ...(origin === undefined ? {} : { Origin: origin }),
    Connection: 'close',
    ...headers,
  }
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(lines).map((line) => line.join(': ')),
    ...length,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  socket.on('error', () => {})
  await once(socket, 'close')
  const [start = ''] = answer.split('\r\n\r\n')
  const cors = new Map<string, string>()
  for (const line of start.split('\r\n')) {
    const [, name = '', value = ''] = /^(access-control-[\w-]+|vary): (.*)$/i.exec(line) ?? []
    if (name !== '') cors.set(name.toLowerCase(), value)
  }
  const found: Record<string, string> = Object.fromEntries(cors)
  return { status: Number(start.split(' ')[1]), cors: found }
}

const json = { 'Content-Type': 'application/json' }

const answers: [string, number, Asked][] = [
  ['success by REST', 200, { path: '/api/users/policy/' }],
  ['success by tRPC', 200, { path: '/api/trpc/auth.policy' }],
  ['400', 400, { method: 'POST', path: '/api/users/login/', headers: json, body: '{' }],
  ['400 by tRPC', 400, { method: 'POST', path: '/api/trpc/auth.login', headers: json, body: '{' }],
  [
    '400 of a malformed chunk',
    400,
    {
      method: 'POST',
      path: '/api/users/login/',
      headers: { 'Transfer-Encoding': 'chunked' },
      body: 'zz\r\n',
    },
  ],
  ['400 of a bad Host', 400, { path: '/api/users/policy/', headers: { Host: 'a b' } }],
  ['401', 401, { path: '/api/users/me/' }],
  ['401 by tRPC', 401, { path: '/api/trpc/auth.me' }],
  ['404', 404, { path: '/api/users/none/' }],
  ['404 by tRPC', 404, { path: '/api/trpc/auth.none' }],
  ['405', 405, { method: 'PUT', path: '/api/users/login/' }],
  ['405 of an unknown method', 405, { method: 'FOO', path: '/api/users/login/' }],
  ['406', 406, { path: '/api/users/policy/', headers: { Accept: 'text/html' } }],
  ['413', 413, { method: 'POST', path: '/api/users/login/', body: ' '.repeat(70_000) }],
  [
    '413 by tRPC',
    413,
    { method: 'POST', path: '/api/trpc/auth.login', headers: json, body: ' '.repeat(70_000) },
  ],
  [
    '415',
    415,
    { method: 'POST', path: '/api/users/login/', headers: { 'Content-Type': 'text/plain' }, body: 'a' },
  ],
  ['417', 417, { path: '/api/users/policy/', headers: { Expect: 'a' } }],
  ['OPTIONS that is no preflight', 200, { method: 'OPTIONS', path: '/api/users/login/' }],
]

test.each(answers)('a page of a known origin may read %s', async (_, status, asked) => {
  const answer = await ask(api.url, known, asked)
  expect(answer.status).toBe(status)
  expect(answer.cors['access-control-allow-origin']).toBe(known)
  expect(answer.cors['vary']).toMatch(/(^|, )Origin$/)
  expect(answer.cors['access-control-expose-headers']).toBe(
    'Retry-After, RateLimit, RateLimit-Policy, Device-Token',
  )
  expect(answer.cors).not.toHaveProperty('access-control-allow-credentials')
})

test.each(answers)(
  'a page of another origin, and who has none, is told nothing: %s',
  async (_, status, asked) => {
    const others = [
      'https://evil.example',
      `${known}.evil.example`,
      `${known}:8443`,
      'http://app.example.com',
      'null',
      `${known}/`,
      undefined,
    ]
    for (const origin of others) {
      const answer = await ask(api.url, origin, asked)
      expect(answer.status).toBe(status)
      expect(Object.keys(answer.cors)).toEqual(['vary'])
      expect(answer.cors['vary']).toMatch(/(^|, )Origin$/)
    }
  },
)

test.each(answers)('without CORS_ORIGINS no header changes: %s', async (_, status, asked) => {
  const [withOrigin, without] = [await ask(closed.url, known, asked), await ask(closed.url, undefined, asked)]
  expect(withOrigin).toEqual(without)
  expect(withOrigin.status).toBe(status)
  expect(Object.keys(withOrigin.cors).filter((name) => name !== 'vary')).toEqual([])
  expect(withOrigin.cors['vary'] ?? '').not.toContain('Origin')
})

const preflight = (path: string, method = 'POST') => ({
  method: 'OPTIONS',
  path,
  headers: { 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': 'authorization' },
})

test('a preflight names the methods of every route', async () => {
  const { paths } = await createOpenApiDocument()
  for (const [path, operations] of Object.entries(paths ?? {})) {
    const has = Object.keys(operations).map((method) => method.toUpperCase())
    const asked = path.replace('{id}', '00000000-0000-4000-8000-000000000000')
    const { status, cors } = await ask(api.url, known, preflight(asked))
    expect(status).toBe(204)
    const methods = cors['access-control-allow-methods']?.split(', ') ?? []
    expect(methods).toEqual(expect.arrayContaining([...has, 'OPTIONS']))
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !has.includes(method))
    for (const method of others) expect(methods).not.toContain(method)
    expect(cors).toMatchObject({
      'access-control-allow-origin': known,
      'access-control-allow-headers': 'authorization, content-type, traceparent, device-token',
      'access-control-max-age': '600',
      vary: 'Origin',
    })
  }
  const trpc = await ask(api.url, known, preflight('/api/trpc/auth.me,auth.policy?batch=1'))
  expect(trpc.cors['access-control-allow-methods']).toBe('GET, POST')
})

test('a preflight of an unknown origin gets no header', async () => {
  const { status, cors } = await ask(api.url, 'https://evil.example', preflight('/api/users/login/'))
  expect([status, cors]).toEqual([204, { vary: 'Origin' }])
})

test('OPTIONS without both preflight headers is answered as Django does', async () => {
  for (const headers of [{}, { Origin: known }, { 'Access-Control-Request-Method': 'POST' }]) {
    const answer = await fetch(`${api.url}/api/users/login/`, { method: 'OPTIONS', headers })
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: 'Login' }])
  }
  const refused = await fetch(`${api.url}/api/users/me/`, { method: 'OPTIONS', headers: { Origin: known } })
  expect(refused.status).toBe(401)
})

test('any page may read the public keys', async () => {
  for (const origin of [known, 'https://other.example', undefined])
    expect((await ask(api.url, origin, { path: '/.well-known/jwks.json' })).cors).toEqual({
      'access-control-allow-origin': '*',
    })
})

test('an app in its own shell counts as an origin', async () => {
  expect((await ask(api.url, app, { path: '/api/users/policy/' })).cors['access-control-allow-origin']).toBe(
    app,
  )
})

test.each([
  'http://localhost:5173',
  'http://127.0.0.1:1',
  'http://[::1]:65535',
  'http://localhost',
  'https://localhost:3000',
])('in development a page of this machine may call: %s', async (origin) => {
  expect((await ask(dev.url, origin, { path: '/api/users/me/' })).cors['access-control-allow-origin']).toBe(
    origin,
  )
  expect((await ask(api.url, origin, { path: '/api/users/me/' })).cors).toEqual({ vary: 'Origin' })
})

test.each([
  'http://localhost.evil.example',
  'http://evil.example/localhost',
  'http://127.0.0.1.evil.example:80',
  'http://192.168.0.1:3000',
  'null',
])('in development other pages may not: %s', async (origin) => {
  expect((await ask(dev.url, origin, { path: '/api/users/me/' })).cors).toEqual({ vary: 'Origin' })
})

const read = (CORS_ORIGINS: string) =>
  readApiSettings({ SECRET_KEY: 'x'.repeat(32), DATABASE_URL: 'postgres://localhost/x', CORS_ORIGINS })
    .corsOrigins

test('origins are written as browsers send them', () => {
  const exact = [
    'https://a.example',
    'http://a.example:8080',
    'https://xn--bcher-kva.example',
    'tauri://localhost',
    'http://[::1]:3000',
  ]
  expect(read(` ${exact.join(' ,')},`)).toEqual(exact)
  expect(read('')).toEqual([])
})

test.each([
  ['*', 'must name each origin'],
  ['null', 'must not have null'],
  ['https://*.example.com', 'each origin must be written out'],
  ['https://a.example/', 'write https://a.example'],
  ['https://a.example/path', 'write https://a.example'],
  ['https://a.example?b', 'write https://a.example'],
  ['https://a.example#b', 'write https://a.example'],
  ['https://A.example', 'write https://a.example'],
  ['https://a.example:443', 'write https://a.example'],
  ['http://a.example:80', 'write http://a.example'],
  ['https://bücher.example', 'write https://xn--bcher-kva.example'],
  ['https://u:p@a.example', 'write https://a.example'],
  ['a.example', 'is no origin'],
  ['//a.example', 'is no origin'],
  ['https://', 'is no origin'],
  ['https://a.example https://b.example', 'is no origin'],
])('an inexact origin is refused at the start, with the fix: %s', (origin, fix) => {
  expect(() => read(`https://good.example,${origin}`)).toThrow(
    `CORS_ORIGINS ${fix.startsWith('must') ? fix : 'has'}`,
  )
  expect(() => read(origin)).toThrow(fix)
})
