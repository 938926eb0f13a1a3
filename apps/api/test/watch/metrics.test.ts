import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()

async function startApi(env: Record<string, string> = {}) {
  const api = await startTestApi(database.url, { METRICS_PORT: '0', ...env })
  onTestFinished(() => api.stop())
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${api.url}/api/users/${path}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.text()
  }
  const scrape = async () => (await fetch(api.metricsUrl ?? '')).text()
  /** The sample of a name with all its labels. */
  const read = async (sample: string) => {
    const line = (await scrape()).split('\n').find((line) => line.startsWith(`${sample} `))
    return line === undefined ? undefined : Number(line.split(' ').at(-1))
  }
  return { ...api, post, scrape, read }
}

test('without METRICS_PORT nothing is counted or served', async () => {
  const api = await startTestApi(database.url)
  onTestFinished(() => api.stop())
  expect(api.metricsUrl).toBeUndefined()
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404)
})

test('metrics stand on their own port of this machine alone', async () => {
  const api = await startApi()
  expect(api.metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  const answer = await fetch(api.metricsUrl ?? '')
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404)
  expect((await fetch(new URL('/api/users/policy/', api.metricsUrl))).status).toBe(404)
})

test('a server whose metrics port is taken does not start', async () => {
  const { port } = new URL((await startApi()).metricsUrl ?? '')
  await expect(startTestApi(database.url, { METRICS_PORT: port })).rejects.toThrow(`METRICS_PORT=${port}`)
  const { url } = await startApi()
  await expect(startTestApi(database.url, { METRICS_PORT: '0', PORT: new URL(url).port })).rejects.toThrow(
    'EADDRINUSE',
  )
})

test('requests are counted by method, route and status, never by client input', async () => {
  const { url, post, read, scrape } = await startApi()
  await post('login', { email: 'nobody@example.com', password })
  await post('login', { email: 'nobody@example.com', password })
  await fetch(`${url}/api/users/secret-path/?secret-query`)
  await fetch(`${url}/secret-path`, { method: 'PROPFIND' })
  const requests = 'auth_http_request_duration_seconds_count'
  expect(await read(`${requests}{method="POST",route="/api/users/login",status="401"}`)).toBe(2)
  expect(await read(`${requests}{method="GET",route="none",status="404"}`)).toBe(1)
  expect(await scrape()).not.toContain('secret')
})

test('logins count by outcome, refreshes by their result', async () => {
  const { email } = await database.addUser()
  const { post, read } = await startApi()
  const { refresh } = z
    .object({ refresh: z.string() })
    .parse(JSON.parse(await post('login', { email, password })))
  await post('login', { email, password: 'wrong' })
  await post('token/refresh', { refresh })
  await post('token/refresh', { refresh })
  expect(await read('auth_calls_total{procedure="auth.login",outcome="ok"}')).toBe(1)
  expect(await read('auth_calls_total{procedure="auth.login",outcome="invalid_credentials"}')).toBe(1)
  for (const [outcome, count] of Object.entries({
    rotated: 1,
    replayed: 1,
    reused: 0,
    recovered: 0,
    kept: 0,
  })) {
    expect(await read(`auth_refreshes_total{outcome="${outcome}"}`)).toBe(count)
  }
})

test('the hash queue, the pool and the event loop are measured', async () => {
  const { post, read } = await startApi({ HASH_CONCURRENCY: '1', ARGON2_TIME_COST: '20' }) // Slow enough to be seen waiting.
  const logins = Array.from({ length: 6 }, () => post('login', { email: 'nobody@example.com', password }))
  await expect.poll(() => read('auth_password_jobs{state="waiting"}'), { interval: 5 }).toBeGreaterThan(0)
  await Promise.all(logins)
  expect(await read('auth_password_jobs{state="waiting"}')).toBe(0)
  expect(await read('auth_password_wait_seconds_count')).toBe(6)
  expect(await read('auth_database_connections{state="idle"}')).toBeGreaterThan(0)
  expect(await read('auth_database_connections{state="waiting"}')).toBe(0)
  expect(await read('auth_database_statement_duration_seconds_count{outcome="ok"}')).toBeGreaterThan(6)
  expect(await read('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
})

test('two servers in one process count apart', async () => {
  const [one, other] = [await startApi(), await startApi()]
  await one.post('login', { email: 'nobody@example.com', password })
  const failed = 'auth_calls_total{procedure="auth.login",outcome="invalid_credentials"}'
  expect([await one.read(failed), await other.read(failed)]).toEqual([1, undefined])
})
