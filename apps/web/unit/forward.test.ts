import { once } from 'node:events'
import { createServer, type IncomingMessage, request as requestHttp } from 'node:http'
import { connect, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { playService, type PlayedService, resetService } from '../test/played-service.ts'
import { sendRaw, valuesOf } from '../test/raw-request.ts'
import { createFronts } from './fronts.ts'

let service: PlayedService
const fronts = createFronts()
const { listen, open } = fronts

beforeAll(async () => {
  service = await playService()
})

afterAll(async () => {
  fronts.close()
  await service.stop()
})

beforeEach(() => resetService(service))

/**
 * A web app in front of a service that answers a connection with these bytes and then closes it.
 */
async function openInFrontOf(answer: string, isReset = false): Promise<string> {
  const broken = createServer((_, response) => {
    response.socket?.write(Buffer.from(answer, 'latin1'), () => {
      if (isReset) response.socket?.resetAndDestroy()
      else response.socket?.end()
    })
  })
  return open({ API_URL: await listen(broken) })
}

const unreachable: unknown = expect.stringContaining(
  '{"detail":"The service cannot be reached. Try again in a moment."}',
)

test('a forwarded answer that breaks off does so for the browser', async () => {
  for (const isReset of [false, true]) {
    const halves = [
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
    ]
    for (const half of halves) {
      const web = await openInFrontOf(half, isReset)
      await expect(fetch(`${web}/api/x`).then((answer) => answer.text())).rejects.toThrow('terminated')
    }
  }
})

test('a service that breaks off or answers nonsense is a 502', async () => {
  const answers = ['', 'nonsense\r\n\r\n', 'HTTP/1.1 200 OK\r\nX: a', 'HTTP/1.1 099 \u0001\r\n\r\n']
  for (const answer of [...answers, 'HTTP/1.1 200 \u0001\r\n\r\n']) {
    const got = await sendRaw(await openInFrontOf(answer), { target: '/api/x' })
    expect([got.status, got.body]).toEqual([502, unreachable])
    expect(valuesOf(got, 'content-type')).toEqual(['application/json'])
    expect(valuesOf(got, 'cache-control')).toEqual(['no-store'])
  }
})

test('a service that is not there is a 502', async () => {
  const gone = createServer()
  const web = await open({ API_URL: await listen(gone) })
  gone.close()
  const got = await sendRaw(web, { target: '/.well-known/x' })
  expect([got.status, got.body]).toEqual([502, unreachable])
})

test('a service at an https address is spoken to by TLS', async () => {
  const { promise: first, resolve: hear } = Promise.withResolvers<Buffer>()
  const secure = createTcpServer((socket) =>
    socket.once('data', (bytes: Buffer) => {
      hear(bytes)
      socket.destroy()
    }),
  )
  secure.listen(0, '127.0.0.1')
  await once(secure, 'listening')
  const address = secure.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { status } = await sendRaw(await open({ API_URL: `https://127.0.0.1:${port}` }), { target: '/api/x' })
  expect([status, (await first)[0]]).toEqual([502, 0x16])
  secure.close()
})

test('status, reason and repeated headers of an answer pass as they are', async () => {
  const web = await openInFrontOf(
    'HTTP/1.1 418 Short And Stout\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\nX-Lower: \u00e9\r\n\r\nok',
  )
  const { head, body } = await sendRaw(web, { target: '/api/x' })
  expect(head).toContain('HTTP/1.1 418 Short And Stout\r\n')
  expect(head).toContain('\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n')
  expect(head).toContain('X-Lower: \u00e9')
  expect(body).toBe('ok')
})

test("the service's base path stands before the path as spelled", async () => {
  for (const base of ['/base', '/base/']) {
    const web = await open({ API_URL: `${service.url}${base}` })
    await sendRaw(web, { target: '/api//%2e/x?y=%ff' })
    expect(service.heard.pop()?.url).toBe('/base/api//%2e/x?y=%ff')
  }
})

test('the service hears its own host, and a body in chunks whole', async () => {
  await sendRaw(await open({ API_URL: service.url }), {
    method: 'POST',
    target: '/api/x',
    headers: ['Transfer-Encoding: chunked'],
    body: '3\r\nabc\r\n0\r\n\r\n',
  })
  expect(service.heard).toMatchObject([{ body: 'abc', headers: { host: new URL(service.url).host } }])
})

test('each service gets its own paths', async () => {
  const flyers = await playService()
  try {
    const web = await open({ API_URL: service.url, FLYERS_URL: flyers.url })
    for (const target of ['/api/flyers/', '/api/x']) await sendRaw(web, { target })
    expect([flyers.heard[0]?.url, service.heard[0]?.url]).toEqual(['/api/flyers/', '/api/x'])
  } finally {
    await flyers.stop()
  }
})

test('a browser that goes away takes its request to the service along', async () => {
  const { promise: heard, resolve: hear } = Promise.withResolvers<IncomingMessage>()
  const silent = await listen(createServer((request) => hear(request)))
  const web = await open({ API_URL: silent })
  const { hostname, port } = new URL(web)
  const browser = connect(Number(port), hostname)
  browser.write('GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n')
  const { socket } = await heard
  const closed = once(socket, 'close')
  browser.destroy()
  await closed
})

test('a form cut off on its way reaches the service incomplete', async () => {
  const { promise: body, resolve: setBody } = Promise.withResolvers<string>()
  const listening = createServer((request) => setBody(text(request).catch(() => 'cut off')))
  const web = await open({ API_URL: await listen(listening) })
  const browser = requestHttp(`${web}/api/x`, { method: 'POST', headers: { 'Content-Length': '100' } })
  browser.on('error', () => undefined)
  browser.write('half')
  await once(listening, 'request')
  browser.destroy()
  expect(await body).toBe('cut off')
})
