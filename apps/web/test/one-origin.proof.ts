import { createServer, type IncomingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { session } from '@pockitflyer/auth-protocol/schemas'
import { createSender } from '@pockitflyer/contract/send'
import { apiUrl, expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { startWeb } from './web-server.ts'

const passedOn = ['allow', 'cache-control', 'content-type', 'www-authenticate']

test('the API answers through the web app as it does directly', async ({ request }) => {
  const calls = [
    { method: 'GET', path: '/api/users/me/' },
    { method: 'GET', path: '/api/users/me' },
    { method: 'HEAD', path: '/api/users/me/' },
    { method: 'PUT', path: '/api/users/login/' },
    { method: 'OPTIONS', path: '/api/users/me/' },
    { method: 'POST', path: '/api/users/login', data: { email: people.ada.email, password: 'not it' } },
    { method: 'POST', path: '/api/users/login/?a=1&b=%2F', data: { email: '' } },
    { method: 'GET', path: '/api/no/such/path' },
    { method: 'GET', path: '/.well-known/jwks.json' },
    { method: 'GET', path: '/.well-known/openid-configuration' },
    { method: 'GET', path: '/.well-known/none' },
  ]
  for (const { path, ...options } of calls) {
    const direct = await request.fetch(apiUrl + path, { ...options, maxRedirects: 0 })
    const through = await request.fetch(path, { ...options, maxRedirects: 0 })
    expect(through.status(), path).toBe(direct.status())
    expect(await through.text()).toBe(await direct.text())
    for (const name of passedOn)
      expect(through.headers()[name], `${path} ${name}`).toBe(direct.headers()[name])
  }
})

test('a client of the API logs in through the web app', async ({ request }) => {
  const { email, password } = people.ada
  const login = await request.post('/api/users/login/', { data: { email, password } })
  expect(login.status()).toBe(200)
  const { access } = session.parse(await login.json())
  const me = await request.get('/api/users/me/', { headers: { authorization: `Bearer ${access}` } })
  expect(await me.json()).toMatchObject({ email })
  const unknown = await request.get('/api/users/me/')
  expect(unknown.headers()['www-authenticate']).toBe('Bearer realm="api"')
})

test("a GET's body never swallows the start of another request", async ({ baseURL }) => {
  const sender = createSender(baseURL ?? '')
  const { email, password } = people.ada
  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'PUT']) {
    const body = { text: 'POST /api/users/logout/ HTTP/1.1\r\nx: ' }
    await sender.send({ method, path: '/api/users/me/', body })
    for (const _ of [1, 2, 3]) {
      const login = { method: 'POST', path: '/api/users/login/', body: { json: { email, password } } }
      const headers = { 'content-type': 'application/json' }
      expect((await sender.send({ ...login, headers })).status, method).toBe(200)
    }
  }
  sender.close()
})

test('bodies pass byte for byte, cookies and hop-by-hop headers do not', async ({
  request: browserRequest,
}) => {
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256))
  const seen: {
    method?: string | undefined
    url?: string | undefined
    headers?: IncomingHttpHeaders
    body?: Buffer
  } = {}
  const api = createServer(async (request, response) => {
    Object.assign(seen, { method: request.method, url: request.url, headers: request.headers })
    seen.body = await buffer(request)
    response.writeHead(
      207,
      [
        ['Content-Type', 'application/octet-stream'],
        ['Connection', 'X-Private'],
        ['X-Private', 'hop'],
        ['Link', '</a>; rel="a"'],
        ['Link', '</b>; rel="b"'],
      ].flat(),
    )
    response.end(seen.body)
  }).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const address = api.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  const web = await startWeb(`http://127.0.0.1:${address.port}`)
  try {
    const answer = await browserRequest.fetch(`${web.url}/api/echo/?q=a%20b`, {
      method: 'PATCH',
      data: sent,
      headers: { cookie: '__Host-pf_access=secret; other=1', te: 'trailers', 'x-custom': 'kept' },
    })
    expect(answer.status()).toBe(207)
    expect(sent.equals(await answer.body())).toBe(true)
    expect(answer.headers()['link']).toBe('</a>; rel="a", </b>; rel="b"')
    expect(answer.headers()['x-private']).toBeUndefined()
    expect(seen.method).toBe('PATCH')
    expect(seen.url).toMatch(/^\/api\/echo\/\?q=a(%20|\+)b$/)
    expect(seen.body?.equals(sent)).toBe(true)
    expect(seen.headers).toMatchObject({ 'x-custom': 'kept', host: `127.0.0.1:${address.port}` })
    expect(seen.headers).not.toHaveProperty('cookie')
    expect(seen.headers).not.toHaveProperty('te')
  } finally {
    await web.stop()
    api.closeAllConnections()
    api.close()
    await once(api, 'close')
  }
})
