import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { repository } from './build.ts'
import type { ProxyName } from './proxy-files.ts'
import { hasProxy, startProxy, type TlsProxy } from './tls-proxy.ts'

const seen = z.object({ program: z.string(), headers: z.record(z.string(), z.string()) })

/** A server that answers with its name and the headers that it got. */
async function startProgram(program: string): Promise<{ host: string; stop: () => void }> {
  const server = createServer(({ headers }, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ program, headers }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => server.close().closeAllConnections()
  onTestFinished(stop)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return { host: `127.0.0.1:${address.port}`, stop }
}

/** Starts the proxy before an API, a web app and a sibling. */
async function open(name: ProxyName) {
  const [api, web, flyers] = [
    await startProgram('api'),
    await startProgram('web'),
    await startProgram('flyers'),
  ]
  const lines = (await readSiblingLines(name)).replace('127.0.0.1:8100', flyers.host)
  const hosts = { api: api.host, web: web.host }
  const proxy = await startProxy(name, hosts, (text) => insertions[name](text, lines))
  onTestFinished(() => proxy.stop())
  return { proxy, web }
}

const page = readFile(join(repository, 'apps/docs/deployment.md'), 'utf8')

/** The lines with which the page adds a sibling to this proxy. */
async function readSiblingLines(name: ProxyName): Promise<string> {
  const [, section = ''] = (await page).split('## Sibling services')
  const fences = { nginx: 'nginx', caddy: 'caddyfile', haproxy: '' }
  return new RegExp(`^\`\`\`${fences[name]}\\n([^\`]+)\`\`\`$`, 'm').exec(section)?.[1] ?? ''
}

/** Where the page says that they belong. */
const insertions: Record<ProxyName, (text: string, lines: string) => string> = {
  nginx: (text, lines) => text.replace('  location /api/ {', () => `${lines}  location /api/ {`),
  caddy: (text, lines) => text.replace('\thandle @api {', () => `${lines}\thandle @api {`),
  haproxy(text, lines) {
    const [rule = '', ...backend] = lines.split('\n')
    return text.replace('  use_backend', () => `${rule}\n  use_backend`) + backend.join('\n')
  },
}

const ask = async ({ send }: TlsProxy, path: string, headers: Record<string, string> = {}) =>
  seen.parse(JSON.parse((await send(path, { headers })).body))

async function connectTls({ url }: TlsProxy, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { hostname, port } = new URL(url)
  const socket = connect({
    host: hostname,
    port: Number(port),
    servername: hostname,
    rejectUnauthorized: false,
    ...options,
  })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {}) // A proxy that gives a connection up may reset it.
  await once(socket, 'secureConnect')
  return socket
}

describe.each(['nginx', 'caddy', 'haproxy'] as const)('%s as documented', (name) => {
  describe.skipIf(!hasProxy(name))('(needs it)', () => {
    test('each path reaches its program, also the one of a sibling', async () => {
      const { proxy } = await open(name)
      expect(proxy.check).toMatch(/valid|successful/i)
      const paths = [
        '/',
        '/login',
        '/.well-known/change-password',
        '/api/users/login/',
        '/.well-known/jwks.json',
      ]
      const sibling = ['/api/flyers', '/api/flyers/mine', '/api/flyersandmore']
      const programs: string[] = []
      for (const path of [...paths, ...sibling]) programs.push((await ask(proxy, path)).program)
      expect(programs).toEqual(['web', 'web', 'web', 'api', 'api', 'flyers', 'flyers', 'api'])
    })

    test('a client names neither its address nor its scheme', async () => {
      const { proxy } = await open(name)
      const forged = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'http' }
      const { headers } = await ask(proxy, '/api/users/me/', forged)
      expect(headers['x-forwarded-for']).toMatch(/(^|, )127\.0\.0\.1$/)
      expect(headers).toMatchObject({ 'x-forwarded-proto': 'https', host: new URL(proxy.url).host })
    })

    test('http leads to https, which speaks HTTP/2', async () => {
      const { proxy } = await open(name)
      const answer = await fetch(`${proxy.plainUrl}/login?next=%2Faccount`, { redirect: 'manual' })
      await answer.text()
      const location = answer.headers.get('location')
      expect([answer.status, location]).toEqual([
        308,
        expect.stringMatching(/^https:\/\/localhost(:\d+)?\/login\?next=%2Faccount$/),
      ])
      expect((await connectTls(proxy, { ALPNProtocols: ['h2'] })).alpnProtocol).toBe('h2')
    })

    test('no log has the secret of a mailed link', async () => {
      const { proxy, web } = await open(name)
      await proxy.send('/reset-password?t=a-secret')
      web.stop()
      const answer = await proxy.send('/reset-password?t=a-secret')
      expect(answer.status).toBeGreaterThanOrEqual(502)
      expect(await proxy.log()).not.toContain('a-secret')
    })

    test.skipIf(name === 'caddy')('a reload serves another certificate', async () => {
      const { proxy } = await open(name)
      const serialNumber = async () => {
        const socket = await connectTls(proxy)
        const { serialNumber } = socket.getPeerCertificate()
        socket.destroy()
        return serialNumber
      }
      const before = await serialNumber()
      await proxy.renewCertificate()
      await expect.poll(serialNumber, { timeout: 10_000, interval: 20 }).not.toBe(before)
      // A process from before the reload may take this connection, and then end.
      const program = async () => (await ask(proxy, '/login')).program
      await expect.poll(program, { timeout: 10_000, interval: 20 }).toBe('web')
    })
  })
})

test('each documented proxy gives up a header that does not end', async () => {
  // All at once: each waits 15 s.
  const found = (['nginx', 'caddy', 'haproxy'] as const).filter(hasProxy)
  const waits = found.map(async (name) => {
    const { proxy } = await open(name)
    const socket = await connectTls(proxy)
    const since = performance.now()
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
    socket.resume()
    await once(socket, 'close')
    return performance.now() - since
  })
  for (const wait of await Promise.all(waits)) expect(wait).toBeLessThan(30_000)
})
