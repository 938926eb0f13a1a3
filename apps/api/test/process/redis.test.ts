import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { findFreePort } from '@pockitflyer/server/testing'
import { sql } from 'kysely'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

/** Debian's package redis-server. */
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) process.stdout.write('redis-server is not installed: the tests of REDIS_URL are skipped\n')

const database = await openDatabase()
const servers = new Set<ChildProcess>()
afterAll(() => servers.forEach((server) => server.kill('SIGKILL')))

async function startRedis(port: string): Promise<ChildProcess> {
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/tmp' })
  servers.add(server)
  let output = ''
  server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await expect.poll(() => output).toContain('Ready to accept connections')
  return server
}

async function stopRedis(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}

async function startApi(port: string) {
  const api = await startTestApi(database.url, {
    RATE_LIMITS: 'on',
    LOGIN_FAILURES_PER_DEVICE: '2/1h',
    REDIS_URL: `redis://127.0.0.1:${port}`,
  })
  onTestFinished(() => api.stop())
  return api
}

async function guess(url: string, email: string, secret = 'wrong'): Promise<number> {
  const answer = await fetch(`${url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: secret }),
  })
  return answer.status
}

async function countRows(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from rate_limits`.execute(
    database.db,
  )
  return rows[0]?.count ?? Number.NaN
}

test.skipIf(!hasRedis)(
  'with REDIS_URL the counts hold across servers, and PostgreSQL keeps none',
  async () => {
    const port = String(await findFreePort())
    const redis = await startRedis(port)
    const [one, other] = [await startApi(port), await startApi(port)]
    const { email } = await database.addUser()
    await expect.poll(() => guess(one.url, email, password)).toBe(200)
    expect([await guess(one.url, email), await guess(other.url, email), await guess(one.url, email)]).toEqual(
      [401, 401, 401],
    )
    expect([await guess(one.url, email), await guess(other.url, email)]).toEqual([429, 429])
    expect(await countRows()).toBe(0)
    await stopRedis(redis)
  },
)

test.skipIf(!hasRedis)(
  'without Redis each server counts alone, refuses no user, and reconnects',
  async () => {
    const port = String(await findFreePort())
    const api = await startApi(port)
    const { email } = await database.addUser()
    expect(await guess(api.url, email, password)).toBe(200)
    expect([await guess(api.url, email), await guess(api.url, email), await guess(api.url, email)]).toEqual([
      401, 401, 401,
    ])
    expect(await guess(api.url, email)).toBe(429)
    const redis = await startRedis(port)
    await expect.poll(() => guess(api.url, email, password), { interval: 100 }).toBe(200)
    await stopRedis(redis)
    expect(await guess(api.url, (await database.addUser()).email, password)).toBe(200)
  },
)
