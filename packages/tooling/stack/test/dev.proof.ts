import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Dev, descendantsOf, isAlive, startDev, stopDev, until } from './dev-process.ts'

const credentials = { email: 'test@example.com', password: 'TestPass123!' }

let dataDir: string
/** What runs: the next test goes on with it, since each start compiles the web app anew. */
let current: Dev | undefined

/** Next.js lets one `dev` run in a checkout, and tells processes apart here by /proc. */
const lock = fileURLToPath(new URL('../../../../.data/dev.pid', import.meta.url))
const isDeveloperAtWork = existsSync(lock) && existsSync(`/proc/${readFileSync(lock, 'utf8').trim()}/cmdline`)
const canRun = process.platform === 'linux' && !isDeveloperAtWork

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stack-'))
})

afterAll(async () => {
  if (current?.process.exitCode === null && current.process.signalCode === null)
    await stopDev(current, 'SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<Dev> {
  current = await startDev(dataDir, env)
  return current
}

const running = async () => current ?? (await start())

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

/** Logs in at the API and through the web app, whose pages answer. */
async function logIn(dev: Dev): Promise<{ access: string; refresh: string }> {
  const { status, text } = await post(`${dev.apiUrl}/api/users/login/`, credentials)
  expect(status).toBe(200)
  expect((await post(`${dev.webUrl}/api/users/login/`, credentials)).status).toBe(200)
  expect((await fetch(`${dev.webUrl}/login`)).status).toBe(200)
  return { access: readToken(text, 'access'), refresh: readToken(text, 'refresh') }
}

function readToken(answer: string, kind: 'access' | 'refresh'): string {
  return new RegExp(`"${kind}":"([^"]+)"`).exec(answer)?.[1] ?? ''
}

async function readFlyers(url: string, access: string): Promise<number> {
  const mine = await fetch(`${url}/api/flyers/mine`, { headers: { Authorization: `Bearer ${access}` } })
  return mine.status
}

describe.skipIf(!canRun)('`dev` (needs /proc, and no other `dev` in this checkout)', () => {
  test('a stranger logs in with what the summary names', async () => {
    const dev = await running()
    expect(dev.output()).toContain(`${credentials.email}  ${credentials.password}`)
    const { access } = await logIn(dev)
    for (const url of [dev.flyersUrl, dev.webUrl]) expect(await readFlyers(url, access)).toBe(200)
    for (const key of ['secret-key', 'signing-key', 'mail-key'])
      expect(statSync(join(dataDir, key)).mode & 0o777).toBe(0o600)
  })

  test('the inbox that the summary names shows the mail of a reset', async () => {
    const dev = await running()
    const asked = await post(`${dev.apiUrl}/api/users/password/reset/`, { email: credentials.email })
    expect(asked).toEqual({ status: 200, text: '{}' })
    const link = `${dev.webUrl}/reset-password?t=`
    const inbox = async () => (await fetch(`${dev.inboxUrl}/api/email`)).text()
    await until(async () => (await inbox()).includes(link), `no mail came: ${dev.output()}`)
    const page = await fetch(dev.inboxUrl, { headers: { Accept: 'text/html' } })
    expect(page.status).toBe(200)
  })

  test('a session older than the signing key goes on, verifiable', async () => {
    const dev = await running()
    const secretKey = readFileSync(join(dataDir, 'secret-key'), 'utf8').trim()
    const now = Math.floor(Date.now() / 1000)
    const claims = { token_type: 'refresh', exp: now + 3600, iat: now, jti: 'before', user_id: 1 }
    const old = signHs256(claims, secretKey)
    const { status, text } = await post(`${dev.apiUrl}/api/users/token/refresh/`, { refresh: old })
    expect(status).toBe(200)
    expect(await readFlyers(dev.flyersUrl, readToken(text, 'access'))).toBe(200)
  })

  test('Ctrl-C ends everything; the session survives, also at another port', async () => {
    const first = await running()
    const { refresh } = await logIn(first)
    const started = descendantsOf(first.process.pid ?? 0)
    expect(started.length).toBeGreaterThan(3)
    // Two seconds on a machine at rest; here a browser suite may run beside it.
    expect(await stopDev(first, 'SIGINT')).toBeLessThan(5000)
    expect(started.filter(isAlive)).toEqual([])

    const stranger = createServer().listen(18000, '127.0.0.1')
    onTestFinished(() => void stranger.close())
    await once(stranger, 'listening')
    const second = await start()
    expect(second.apiUrl).toBe('http://localhost:18001')
    expect((await post(`${second.apiUrl}/api/users/token/refresh/`, { refresh })).status).toBe(200)
  })

  test.each(victims)('after kill -9 of %s the next start works by itself', async (_, pattern) => {
    const first = await running()
    const pid = first.process.pid ?? 0
    const started = descendantsOf(pid)
    const victim = [{ pid, parent: 0, command: 'stack/src/dev.ts' }, ...started].find(({ command }) =>
      pattern.test(command),
    )
    expect(victim).toBeDefined()
    process.kill(victim?.pid ?? Number.NaN, 'SIGKILL')

    await logIn(await start())
    await until(() => started.every((info) => !isAlive(info)), 'something of the first start is still there')
  })

  test('a second one takes over, and says so; HOST opens the API', async () => {
    const first = await running()
    const second = await start({ HOST: '0.0.0.0' })
    const [firstId, secondId] = [first.process.pid, second.process.pid]
    expect(first.output()).toContain(`Another \`dev\` began in this checkout (process ${secondId})`)
    expect(second.output()).toContain(`Another \`dev\` ran in this checkout (process ${firstId})`)
    const { port } = new URL(second.apiUrl)
    expect((await fetch(`http://127.0.0.2:${port}/healthz`)).status).toBe(200)
    expect((await fetch(`${second.apiUrl}/api/docs/`)).status).toBe(200)
  })

  test('it refuses to run in production, where nobody wants a public password', async () => {
    const dev = await startDev(dataDir, { NODE_ENV: 'production' })
    expect(dev.process.exitCode).toBe(1)
    expect(dev.output()).toContain('pnpm start')
  })
})
