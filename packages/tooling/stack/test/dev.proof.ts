import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Dev, descendantsOf, isAlive, startDev, stopDev, until } from './dev-process.ts'

const credentials = { email: 'test@example.com', password: 'TestPass123!' }

let dataDir: string
let running: Dev[] = []

/** Next.js lets one `dev` run in a checkout, and tells processes apart here by /proc. */
const lock = fileURLToPath(new URL('../../../../.data/dev.pid', import.meta.url))
const isDeveloperAtWork = existsSync(lock) && existsSync(`/proc/${readFileSync(lock, 'utf8').trim()}/cmdline`)
const canRun = process.platform === 'linux' && !isDeveloperAtWork

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stack-'))
})

afterEach(async () => {
  for (const dev of running)
    if (dev.process.exitCode === null && dev.process.signalCode === null) await stopDev(dev, 'SIGTERM')
  running = []
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(env?: Record<string, string>): Promise<Dev> {
  const dev = await startDev(dataDir, env)
  running.push(dev)
  return dev
}

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

function signHs256(claims: object, secretKey: string): string {
  const content = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${content}.${createHmac('sha256', secretKey).update(content).digest('base64url')}`
}

const parts: [string, RegExp][] = [
  ['the API', /src\/main\.ts/],
  ['the web app', /src\/serve\.ts/],
]

const isLong = process.env['TEST_TIMES'] !== undefined

/** What is killed, by its command line. `pnpm test:long` kills the last two as well. */
const victims: [string, RegExp][] = [
  ['dev itself', /stack\/src\/dev\.ts/],
  ['PostgreSQL', /postgres -D/],
  ...(isLong ? parts : []),
]

describe.skipIf(!canRun)('`dev` (needs /proc, and no other `dev` in this checkout)', () => {
  test('a stranger logs in, Ctrl-C ends everything, the session survives', async () => {
    const first = await start()
    expect(first.output()).toContain(`${credentials.email}  ${credentials.password}`)
    expect((await fetch(`${first.webUrl}/login`)).status).toBe(200)
    const login = await post(`${first.apiUrl}/api/users/login/`, credentials)
    expect(login.status).toBe(200)
    const refresh = /"refresh":"([^"]+)"/.exec(login.text)?.[1]
    expect((await post(`${first.webUrl}/api/users/login/`, credentials)).status).toBe(200)
    for (const key of ['secret-key', 'signing-key', 'mail-key'])
      expect(statSync(join(dataDir, key)).mode & 0o777).toBe(0o600)
    const access = /"access":"([^"]+)"/.exec(login.text)?.[1]
    for (const url of [first.flyersUrl, first.webUrl]) {
      const mine = await fetch(`${url}/api/flyers/mine`, { headers: { Authorization: `Bearer ${access}` } })
      expect(mine.status).toBe(200)
    }

    const started = descendantsOf(first.process.pid ?? 0)
    expect(started.length).toBeGreaterThan(3)
    // Two seconds on a machine at rest; here a browser suite may run beside it.
    expect(await stopDev(first, 'SIGINT')).toBeLessThan(5000)
    expect(started.filter(isAlive)).toEqual([])

    const second = await start()
    const refreshed = await post(`${second.apiUrl}/api/users/token/refresh/`, {
      refresh,
    })
    expect(refreshed.status).toBe(200)
  })

  test('the inbox that the summary names shows the mail of a reset', async () => {
    const dev = await start()
    const asked = await post(`${dev.apiUrl}/api/users/password/reset/`, { email: credentials.email })
    expect(asked).toEqual({ status: 200, text: '{}' })
    const link = `${dev.webUrl}/reset-password?t=`
    const inbox = async () => (await fetch(`${dev.inboxUrl}/api/email`)).text()
    await until(async () => (await inbox()).includes(link), `no mail came: ${dev.output()}`)
    const page = await fetch(dev.inboxUrl, { headers: { Accept: 'text/html' } })
    expect(page.status).toBe(200)
  })

  test('a session older than the signing key goes on, verifiable', async () => {
    const dev = await start()
    const secretKey = readFileSync(join(dataDir, 'secret-key'), 'utf8').trim()
    const now = Math.floor(Date.now() / 1000)
    const claims = { token_type: 'refresh', exp: now + 3600, iat: now, jti: 'before', user_id: 1 }
    const old = signHs256(claims, secretKey)
    const { status, text } = await post(`${dev.apiUrl}/api/users/token/refresh/`, { refresh: old })
    expect(status).toBe(200)
    const access = /"access":"([^"]+)"/.exec(text)?.[1]
    const mine = await fetch(`${dev.flyersUrl}/api/flyers/mine`, {
      headers: { Authorization: `Bearer ${access}` },
    })
    expect(mine.status).toBe(200)
  })

  test.each(victims)('after kill -9 of %s the next start works by itself', async (_, pattern) => {
    const first = await start()
    const pid = first.process.pid ?? 0
    const started = descendantsOf(pid)
    const victim = [{ pid, parent: 0, command: 'stack/src/dev.ts' }, ...started].find(({ command }) =>
      pattern.test(command),
    )
    expect(victim).toBeDefined()
    process.kill(victim?.pid ?? Number.NaN, 'SIGKILL')

    const second = await start()
    expect((await post(`${second.apiUrl}/api/users/login/`, credentials)).status).toBe(200)
    expect((await fetch(`${second.webUrl}/login`)).status).toBe(200)
    await until(() => started.every((info) => !isAlive(info)), 'something of the first start is still there')
  })

  test('a taken port makes it use the next and say so', async () => {
    const stranger = createServer().listen(18000, '127.0.0.1')
    await once(stranger, 'listening')
    try {
      const dev = await start()
      expect(dev.apiUrl).toBe('http://localhost:18001')
      expect((await post(`${dev.apiUrl}/api/users/login/`, credentials)).status).toBe(200)
    } finally {
      stranger.close()
    }
  })

  test('it refuses to run in production, where nobody wants a public password', async () => {
    const dev = await start({ NODE_ENV: 'production' })
    expect(dev.process.exitCode).toBe(1)
    expect(dev.output()).toContain('pnpm start')
  })
})
