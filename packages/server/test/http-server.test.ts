import { once } from 'node:events'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpServer } from '../src/http-server.ts'
import { limitBody } from '../src/index.ts'

const failures: unknown[] = []
const app = new Hono()
app.use(
  limitBody({
    maxBytes: 1000,
    refuse: (c, reason) => c.json({ reason }, reason === 'too_large' ? 413 : 400),
  }),
)
app.post('/echo', async (c) => c.text(await c.req.text().catch(() => '')))
app.all('*', (c) => c.json({ method: c.req.method, url: c.req.url }))
app.onError((error, c) => {
  failures.push(error)
  return c.json({ detail: 'It failed.' }, 500)
})

const server = createHttpServer({
  fetch: app.fetch,
  requestTimeoutSeconds: 1,
  keepAliveTimeoutSeconds: 80,
  headers: { 'X-Always': 'yes' },
  errorHeaders: ({ path, origin }) => ({
    ...(path === undefined ? {} : { Allow: path }),
    ...(origin === undefined ? {} : { 'X-Origin': origin }),
  }),
})
let port = 0
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  expect(failures).toEqual([])
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Sends bytes as they stand, and returns what came back until the server closed. */
async function send(text: string): Promise<{ status: number; head: string; body: unknown }> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => (answer += data.toString('latin1')))
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: parse(body) }
}

const get = (target: string, ...lines: string[]) =>
  send([`GET ${target} HTTP/1.1`, ...lines, 'Connection: close', '\r\n'].join('\r\n'))

const legalHosts = [
  '1.2.3.4.5',
  'api.1',
  '999.1.1.1',
  '',
  'x:',
  'x:99999',
  'a_b',
  '[::1]:80',
  '%zz',
  'xn--a',
  '0x7f.1',
  "a'(b)",
]

test.each(legalHosts)('a Host that is no host of a URL changes no answer: %j', async (host) => {
  const { status, body } = await get('/a?b=c', `Host: ${host}`)
  expect([status, body]).toEqual([200, { method: 'GET', url: 'http://localhost/a?b=c' }])
})

test.each([
  ['none', []],
  ['two', ['Host: a', 'Host: a']],
  ['two in other letters', ['Host: a', 'hOST: b']],
  ['a space', ['Host: a b']],
  ['a slash', ['Host: a/b']],
  ['a user', ['Host: a@b']],
  ['an open bracket', ['Host: [']],
  ['no number behind a colon', ['Host: a:b']],
  ['letters beyond ASCII', ['Host: é']],
])('a Host that RFC 9112 forbids is 400 in the documented shape: %s', async (_, lines) => {
  const { status, head, body } = await get('/', ...lines)
  expect([status, body]).toEqual([400, { detail: 'Malformed request.' }])
  expect(head).toMatch(/\r\nx-always: yes/i)
})

test('HTTP/1.0 needs no Host', async () => {
  expect((await send('GET /a HTTP/1.0\r\n\r\n')).status).toBe(200)
})

test.each([
  ['http://elsewhere.example/a?b', '/a?b'],
  ['HTTPS://u:p@elsewhere.example:1/a', '/a'],
  ['ftp://elsewhere.example/a', '/a'],
  ['http://elsewhere.example', '/'],
  ['http://elsewhere.example?b', '/?b'],
  ['*', '/*'],
  ['//elsewhere.example/a', '//elsewhere.example/a'],
  [String.raw`/a\b`, '/a%5Cb'],
  ['/a|b{}^`"<>', '/a%7Cb%7B%7D%5E%60%22%3C%3E'],
  ['/%', '/%'],
  ['/%zz%c3%28', '/%zz%c3%28'],
  ['/a/../b', '/b'],
  ['/?a=%', '/?a=%'],
])('a target of any form is a path: %s', async (target, path) => {
  const { status, body } = await get(target, 'Host: x')
  expect([status, body]).toEqual([200, { method: 'GET', url: `http://localhost${path}` }])
})

test.each([
  ['letters beyond ASCII in the target', 'GET /é HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a control character in the target', 'GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['no target', 'GET HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a version that is none', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400],
  ['HTTP/2 without an upgrade', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 400],
  ['a folded line', 'GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  ['a length that is none', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400],
  [
    'length and chunks',
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n',
    400,
  ],
  ['a coding that is not chunked', 'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n', 400],
  [
    'a chunk without a size',
    'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    400,
  ],
  [
    'a chunk that is too long',
    'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
    400,
  ],
  ['a target that is too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ['headers that are too long', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408],
  ['a body that never ends', 'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na', 408],
  ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: a\r\n\r\n', 417],
  ['an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ['a method in small letters', 'get / HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ['a tunnel', 'CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n', 405],
])('what Node does not take is answered in the documented shape: %s', async (_, text, expected) => {
  const { status, head, body } = await send(text)
  expect(status).toBe(expected)
  expect(body).toHaveProperty('detail')
  expect(head).toMatch(/\r\nx-always: yes/i)
  expect(head).toMatch(/\r\ncontent-type: application\/json/i)
  expect(status !== 405 || head.includes('\r\nAllow: ')).toBe(true)
})

test("an unknown method is refused with the path's methods and CORS", async () => {
  const { head, body } = await send('FOO /a?b HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\n\r\n')
  expect(body).toEqual({ detail: 'Method "FOO" not allowed.' })
  expect(head).toContain('\r\nAllow: /a\r\n')
  expect(head).toContain('\r\nX-Origin: https://a.example\r\n')
})

test('nonsense behind a request is not its unknown method', async () => {
  const { body } = await send('GET /a HTTP/1.1\r\nHost: x\r\n\r\nFOO / HTTP/1.1\r\n\r\n')
  expect(body).toEqual({ detail: 'Malformed request.' })
})

test('a cut chunked body is 400, one over the limit 413', async () => {
  const begin = 'POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
  const size = (1001).toString(16)
  expect((await send(`${begin}${size}\r\n${'a'.repeat(1001)}\r\n0\r\n\r\n`)).body).toEqual({
    reason: 'too_large',
  })
  const socket = connect(port, '127.0.0.1')
  socket.write(`${begin}5\r\nab`)
  socket.destroySoon()
  await once(socket, 'close')
  expect((await get('/', 'Host: x')).status).toBe(200)
})

test('a connection outlives the pause between two requests that a balancer makes', async () => {
  const { head } = await send(
    'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  )
  expect(head).toContain('\r\nKeep-Alive: timeout=80')
  expect(server.keepAliveTimeout).toBe(80_000)
})
