import { expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase, password } from '../database.ts'
import { startLoggedApi } from '../logged-api.ts'

const database = await openDatabase()

const line = z.object({
  level: z.number(),
  msg: z.string(),
  requestId: z.string().optional(),
  method: z.string().optional(),
  route: z.string().optional(),
  status: z.number().optional(),
  ms: z.number().optional(),
  ip: z.string().optional(),
})

const linesOf = (output: string) =>
  output
    .split('\n')
    .filter(Boolean)
    .map((text) => line.parse(JSON.parse(text)))

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`

function logIn(url: string, email: string, headers: Record<string, string> = {}) {
  return fetch(`${url}/api/users/login/?next=secret`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  })
}

test('each request logs one line, without path or query', async () => {
  const { email } = await database.addUser()
  const { url, output } = await startLoggedApi(database.url)
  await logIn(url, email, { traceparent })
  await fetch(`${url}/api/users/secret/`)
  await fetch(`${url}/api/trpc/auth.policy,auth.me?batch=1`)
  await fetch(`${url}/.well-known/jwks.json`)
  await fetch(`${url}/secret`)
  await fetch(`${url}/healthz`)
  await fetch(`${url}/readyz`)
  const requests = () => linesOf(output()).filter(({ msg }) => msg === 'a request was answered')
  await expect.poll(requests).toHaveLength(5)
  expect(requests().map(({ level, method, route, status }) => [level, method, route, status])).toEqual([
    [30, 'POST', '/api/users/login', 200],
    [30, 'GET', 'none', 404],
    [30, 'GET', '/api/trpc/{batch}', 207],
    [30, 'GET', '/.well-known/jwks.json', 200],
    [30, 'GET', 'none', 404],
  ])
  expect(requests()[0]).toMatchObject({ requestId: traceId, ip: '127.0.0.1' })
  expect(new Set(requests().map(({ requestId }) => requestId)).size).toBe(5)
  for (const { ms } of requests()) expect(ms).toBeGreaterThanOrEqual(0)
  expect(output()).not.toContain('secret')
})

test('probes are lines of level debug', async () => {
  const { url, output } = await startLoggedApi(database.url, { LOG_LEVEL: 'debug' })
  await fetch(`${url}/healthz`)
  await fetch(`${url}/readyz`)
  const probes = () => linesOf(output()).filter(({ level }) => level === 20)
  await expect.poll(() => probes().map(({ route }) => route)).toEqual(['/healthz', '/readyz'])
})

test('a failure, its request and its answer bear the same id', async () => {
  const { url, output } = await startLoggedApi(database.url)
  await database.db.schema.alterTable('users').renameTo('users_away').execute()
  const answer = await logIn(url, 'ada@example.com', { traceparent })
  await database.db.schema.alterTable('users_away').renameTo('users').execute()
  expect([answer.status, await answer.json()]).toEqual([
    500,
    expect.objectContaining({ request_id: traceId }),
  ])
  const large = await fetch(`${url}/api/trpc/auth.login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent },
    body: ' '.repeat(65 * 1024),
  })
  expect(await large.json()).toMatchObject({ error: { data: { requestId: traceId } } })
  const told = () => linesOf(output()).flatMap(({ msg, requestId }) => (requestId === traceId ? [msg] : []))
  await expect.poll(told).toEqual(['a request failed', 'a request was answered', 'a request was answered'])
})

test('an answer bears no header of the log', async () => {
  const { url } = await startLoggedApi(database.url)
  const { headers } = await fetch(`${url}/api/users/policy/`, { headers: { traceparent } })
  expect([...headers.keys()].filter((name) => /trace|request-id/.test(name))).toEqual([])
})
