import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { playService, type PlayedService, resetService } from '../test/played-service.ts'
import { isAsset } from '../src/front/prepare-page.ts'
import { sendRaw, valuesOf } from '../test/raw-request.ts'
import { createFronts } from './fronts.ts'
import { holding, lasting, old } from './production.ts'

let service: PlayedService
let production: string
let development: string
const fronts = createFronts()
const { seen, foreign, open } = fronts

beforeAll(async () => {
  service = await playService()
  production = await open({ API_URL: service.url, TRUSTED_PROXIES: 'loopback' })
  development = await open({ API_URL: service.url, NODE_ENV: 'development' })
})

afterAll(async () => {
  fronts.close()
  await service.stop()
})

beforeEach(() => {
  resetService(service)
  fronts.reset()
})

const tls = ['Host: app.example', 'X-Forwarded-Proto: https']
const own = ['Origin: https://app.example', ...tls]

test('Next.js sees one host, its own, and the address that was found', async () => {
  const told = ['X-Forwarded-Host: app.example', 'X-Forwarded-Port: 443', 'Forwarded: host=app.example']
  const client = ['X-Forwarded-For: 203.0.113.9', 'X-Opened-By-Plain-Http: 1', 'X-Custom: kept']
  await sendRaw(production, { target: '/login?a=b', headers: [...own, ...told, ...client] })
  const { url, headers } = seen[0] ?? {}
  expect(url).toBe('/login?a=b')
  expect(headers).toMatchObject({ host: 'next:1', 'x-forwarded-for': '203.0.113.9', 'x-custom': 'kept' })
  for (const name of ['host', 'proto', 'port']) expect(headers).not.toHaveProperty(`x-forwarded-${name}`)
  expect(headers).not.toHaveProperty('forwarded')
  expect(headers).not.toHaveProperty('x-opened-by-plain-http')
  expect(headers?.origin).toBe('https://app.example')
})

test('a same-origin form has the origin that Next.js compares', async () => {
  await sendRaw(production, { method: 'POST', headers: own, body: 'a=b' })
  expect(seen[0]?.headers.origin).toBe('http://next:1')
})

test('without a trusted proxy the client’s address is that of the connection', async () => {
  const headers = ['X-Forwarded-For: 203.0.113.9']
  for (const target of ['/login', '/api/x']) await sendRaw(development, { target, headers })
  expect(seen[0]?.headers['x-forwarded-for']).toBe('127.0.0.1')
  expect(service.heard[0]?.headers['x-forwarded-for']).toBe('127.0.0.1')
})

test('a page opened by plain http is told so, in production alone', async () => {
  const headers = ['Host: app.example']
  await sendRaw(production, { headers })
  await sendRaw(production, { headers: tls })
  await sendRaw(development, { headers })
  expect(seen.map((request) => request.headers['x-opened-by-plain-http'])).toEqual([
    '1',
    undefined,
    undefined,
  ])
})

test('page and browser get one policy, with a new nonce each time', async () => {
  const nonces = new Set<string>()
  for (let time = 0; time < 20; time += 1) {
    const answer = await sendRaw(production, { headers: [...tls, 'Content-Security-Policy: x'] })
    const [policy = ''] = valuesOf(answer, 'content-security-policy')
    expect(seen[time]?.headers['content-security-policy']).toBe(policy)
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? []
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(policy).not.toContain('unsafe')
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(20)
})

test('forms and sessions to refresh run the proxy, other pages do not', async () => {
  const session = (tokens: Parameters<typeof holding>[0]) => `Cookie: ${holding(tokens)['cookie']}`
  const marked = async (request: Parameters<typeof sendRaw>[1]) => {
    await sendRaw(production, request)
    return seen.at(-1)?.headers['x-run-proxy'] === '1'
  }
  const plain = [
    [],
    ['X-Run-Proxy: 1'],
    [session({ access: old })],
    [session({ access: lasting, refresh: 'r' })],
    ['Cookie: %; =; __Host-pf_refresh='],
  ]
  for (const headers of plain) expect(await marked({ headers: [...tls, ...headers] })).toBe(false)
  for (const tokens of [{ refresh: 'r' }, { access: old, refresh: 'r' }])
    expect(await marked({ headers: [...tls, session(tokens)] })).toBe(true)
  expect(await marked({ method: 'POST', headers: own, body: 'a=b' })).toBe(true)

  const due = [...tls, 'X-Run-Proxy: 1', session({ access: old, refresh: 'r' })]
  const runs = ['/', '/login?x', '/session/renewal', '/session/endx', '/icon.svgx', '/x/icon.svg', '/_next/x']
  for (const target of runs) expect([target, await marked({ target, headers: due })]).toEqual([target, true])
  const routes = ['/session/renew?next=%2F', '/session/end', '/session/language']
  for (const target of [...routes, ...assets])
    expect([target, await marked({ target, headers: due })]).toEqual([target, false])
})

const assets = [
  '/_next/static/a.js',
  '/icon.svg',
  '/apple-icon.png',
  '/icon-192.png',
  '/icon-512.png?x',
  '/manifest.webmanifest',
]

test('a page knows its path, and its language is in its headers', async () => {
  const headers = [...tls, 'X-Pf-Page: /other', 'Accept-Language: de-AT']
  const answer = await sendRaw(production, { target: '/login?next=%2Fa&_rsc=1', headers })
  expect(seen[0]?.headers['x-pf-page']).toBe('/login?next=%2Fa')
  expect(valuesOf(answer, 'content-language')).toEqual(['de'])
})

test('an asset is the same in each language, and has no nonce', async () => {
  for (const target of assets) {
    const answer = await sendRaw(production, { target, headers: tls })
    for (const name of ['content-language', 'content-security-policy'])
      expect(valuesOf(answer, name)).toEqual([])
  }
})

test('only a file at its own path is an asset', () => {
  for (const path of [
    '/x/icon.svg',
    '/icon.svgx',
    '/iconxsvg',
    '/icon-512xpng',
    '/_next/x',
    '/x/_next/static/a',
  ])
    expect([path, isAsset(path)]).toEqual([path, false])
})

test('a foreign form is 403, logged, and does nothing', async () => {
  const headers = [...tls, 'Origin: https://evil.example']
  const answer = await sendRaw(production, { method: 'POST', headers, body: 'a=b' })
  expect([answer.status, valuesOf(answer, 'cache-control')]).toEqual([403, ['no-store']])
  expect(answer.body).toContain('This came from another site')
  expect(foreign).toEqual(['Origin is "https://evil.example", but Host is "app.example"'])
  expect(seen).toEqual([])
})

test('a form for the API may come from any site', async () => {
  const headers = ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site', 'Cookie: a=b']
  const answer = await sendRaw(production, { method: 'POST', target: '/api/x', headers, body: 'a' })
  expect(answer.status).toBe(200)
  expect(service.heard).toMatchObject([{ method: 'POST', url: '/api/x', body: 'a' }])
  expect(service.heard[0]?.headers).not.toHaveProperty('cookie')
})

test("a client's fault is answered in text, before Next.js and API", async () => {
  const faults: [Parameters<typeof sendRaw>[1], number][] = [
    [{ target: '/%' }, 400],
    [{ method: 'PUT', headers: own }, 405],
    [{ method: 'POST', headers: [...own, 'Content-Length: 1048577'], isCutOff: true }, 413],
    [{ headers: ['Host: a', 'Host: b'] }, 400],
    [{ headers: ['Host: a b'] }, 400],
  ]
  for (const [request, status] of faults) {
    const answer = await sendRaw(production, request)
    expect(answer.status).toBe(status)
    expect(valuesOf(answer, 'content-type')).toEqual(['text/plain; charset=utf-8'])
    expect(valuesOf(answer, 'cache-control')).toEqual(['no-store'])
    expect(valuesOf(answer, 'x-frame-options')).toEqual(['DENY'])
    expect(answer.body).toMatch(/\.\n/)
  }
  const refused = await sendRaw(production, { method: 'PUT', headers: own })
  expect(valuesOf(refused, 'allow')).toEqual(['GET, HEAD, POST, OPTIONS'])
  expect(seen).toEqual([])
})

test('a broken Host on an API path is refused in its shape', async () => {
  for (const headers of [['Host: a', 'Host: b'], ['Host: a b']]) {
    const answer = await sendRaw(production, { target: '/api/x', headers })
    expect([answer.status, answer.body]).toEqual([400, expect.stringMatching(/^\{"detail":".+"\}$/)])
    expect(valuesOf(answer, 'x-content-type-options')).toEqual(['nosniff'])
  }
  expect(service.heard).toEqual([])
})

test('the absolute form of a target goes where its path says', async () => {
  await sendRaw(production, { target: 'http://other.example/login?x' })
  expect(seen[0]?.url).toBe('/login?x')
  await sendRaw(production, { target: 'http://other.example/api/x?y' })
  expect(service.heard[0]?.url).toBe('/api/x?y')
})

test('pages and API have their security headers, HSTS in production alone', async () => {
  const page = await sendRaw(production, { headers: tls })
  const api = await sendRaw(production, { target: '/api/x' })
  for (const answer of [page, api]) {
    expect(valuesOf(answer, 'x-content-type-options')).toEqual(['nosniff'])
    expect(valuesOf(answer, 'strict-transport-security')).toHaveLength(1)
  }
  expect(valuesOf(page, 'x-frame-options')).toEqual(['DENY'])
  expect(valuesOf(api, 'x-frame-options')).toEqual([])
  for (const target of ['/login', '/api/x'])
    expect(valuesOf(await sendRaw(development, { target }), 'strict-transport-security')).toEqual([])
})

test('a page that Next.js fails at is 500, or ends', async () => {
  fronts.handle = () => Promise.reject(new Error('a secret'))
  const failed = await sendRaw(production, { headers: tls })
  expect([failed.status, failed.body]).toEqual([
    500,
    expect.stringContaining('Something went wrong on our side.\n'),
  ])
  expect(valuesOf(failed, 'cache-control')).toEqual(['no-store'])
  fronts.handle = async (_, response) => {
    response.writeHead(200, { 'Content-Length': '100' })
    response.write('half')
    throw new Error('a secret')
  }
  await expect(fetch(`${development}/login`).then((answer) => answer.text())).rejects.toThrow('terminated')
})

test('/healthz answers once Next.js takes requests, and asks no one', async () => {
  const { promise: ready, resolve: setReady } = Promise.withResolvers<void>()
  fronts.ready = ready
  const answer = sendRaw(production, { target: '/healthz', headers: ['Host: 127.0.0.1:3000'] })
  expect(await Promise.race([answer, sendRaw(production, { target: '/login' })])).toMatchObject({
    body: 'page',
  })
  setReady()
  const { status, body } = await answer
  expect([status, body]).toEqual([200, expect.stringContaining('{"status":"ok"}')])
  expect([seen.length, service.heard.length]).toEqual([1, 0])
})

test('only GET and HEAD of /healthz itself ask whether it works', async () => {
  const isAnswered = async (request: Parameters<typeof sendRaw>[1]) => {
    const answer = await sendRaw(production, { headers: own, ...request })
    return answer.status === 200 && valuesOf(answer, 'content-type')[0] === 'application/json'
  }
  for (const request of [{}, { method: 'HEAD' }])
    for (const target of ['/healthz', '/healthz?now'])
      expect(await isAnswered({ ...request, target })).toBe(true)
  for (const target of ['/healthz2', '/x/healthz']) expect(await isAnswered({ target })).toBe(false)
  expect(await isAnswered({ method: 'POST', target: '/healthz', body: 'a=b' })).toBe(false)
})

test('the answer to a page forgets the form that it shows', async () => {
  const form = JSON.stringify({ attempt: 1, values: {}, errors: {}, page: '/login' })
  const cookie = `Cookie: __Secure-pf_flash=${deflateRawSync(form).toString('base64url')}`
  const [forgotten, none] = await Promise.all(
    [[cookie], []].map((headers) => sendRaw(production, { target: '/login', headers: [...tls, ...headers] })),
  )
  expect(forgotten && valuesOf(forgotten, 'set-cookie')).toEqual([
    expect.stringMatching(/^__Secure-pf_flash=; Max-Age=0; Path=\/login/),
  ])
  expect(none && valuesOf(none, 'set-cookie')).toEqual([])
})
