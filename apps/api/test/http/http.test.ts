import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()
const api = await startTestApi(database.url)
afterAll(() => api.stop())

const answers = z.object({ access: z.string(), refresh: z.string(), user: z.unknown().optional() })

const json = { 'Content-Type': 'application/json' }

function post(path: string, body: RequestInit['body'], headers: Record<string, string> = json) {
  return fetch(`${api.url}${path}`, { method: 'POST', headers, body: body ?? null })
}

test('an account goes through its whole life over HTTP', async () => {
  const { id, email } = await database.addUser()
  const login = await post('/api/users/login/', JSON.stringify({ email, password }))
  expect(login.status).toBe(200)
  const session = answers.parse(await login.json())
  const user = { id, email, profile: { display_name: 'Anonymous User', bio: '' } }
  expect(session.user).toEqual(user)
  const refresh = await post('/api/users/token/refresh/', JSON.stringify({ refresh: session.refresh }))
  const pair = answers.parse(await refresh.json())
  const me = () => fetch(`${api.url}/api/users/me/`, { headers: { Authorization: `Bearer ${pair.access}` } })
  expect(await (await me()).json()).toEqual(user)
  const logout = await post('/api/users/token/blacklist/', JSON.stringify({ refresh: pair.refresh }))
  expect([logout.status, await logout.json()]).toEqual([200, {}])
  expect((await me()).status).toBe(401)
})

test('a login records the address and user agent of its connection', async () => {
  const { id, email } = await database.addUser()
  await post('/api/users/login/', JSON.stringify({ email, password }), {
    ...json,
    'User-Agent': 'flyers/1.0',
  })
  const session = await database.db
    .selectFrom('sessions')
    .select(['ip', 'user_agent'])
    .where('user_id', '=', id)
    .executeTakeFirst()
  expect(session).toEqual({ ip: '127.0.0.1', user_agent: 'flyers/1.0' })
})

test.each([
  ['/api/users/login/', { detail: 'Request body is too large.' }],
  ['/api/trpc/auth.login', { error: { data: { code: 'payload_too_large', httpStatus: 413 } } }],
])('a body over 64 KiB is refused at %s, announced or not', async (path, body) => {
  const padded = (size: number) => JSON.stringify({ email: 'a@example.com', password: 'b' }).padEnd(size)
  expect((await post(path, padded(64 * 1024))).status).toBe(401)
  const told = await post(path, padded(64 * 1024 + 1))
  expect([told.status, told.headers.get('content-type')]).toEqual([413, 'application/json'])
  expect(await told.json()).toMatchObject(body)

  const chunks = new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < 80; sent += 1) controller.enqueue(Buffer.alloc(1024, ' '))
      controller.close()
    },
  })
  const streamed = await fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: json,
    body: chunks,
    duplex: 'half',
  })
  expect([streamed.status, await streamed.json()]).toMatchObject([413, body])
})

test.each([
  '/',
  '/api',
  '/api/',
  '/api/users/none/',
  '/api/users',
  '/none',
  '/.well-known/none',
  '/healthz/x',
])('an unknown path is not found, in JSON: %s', async (path) => {
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${api.url}${path}`, { method })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json'])
    expect(await answer.json()).toEqual({ detail: 'Not found.' })
  }
})

test('an unknown procedure is not found, in the words of tRPC', async () => {
  const answer = await fetch(`${api.url}/api/trpc/auth.none`)
  expect([answer.status, await answer.json()]).toMatchObject([
    404,
    { error: { data: { code: 'not_found' } } },
  ])
})

test('the public keys can be had and kept for a while', async () => {
  const answer = await fetch(`${api.url}/.well-known/jwks.json`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await answer.json()).toEqual({ keys: [] })
})

test('what is no HTTP is refused, and the server goes on', async () => {
  const { hostname, port } = new URL(api.url)
  const socket = connectSocket(Number(port), hostname)
  socket.write('THIS IS NO HTTP\r\n\r\n')
  const data: unknown[] = await once(socket, 'data')
  expect(data.join('')).toMatch(/^HTTP\/1\.1 400 /)
  socket.destroy()
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
})

test('a client that disconnects during a login does no harm', async () => {
  const { id, email } = await database.addUser()
  await database.whileUserIsLocked(id, async () => {
    const giveUp = new AbortController()
    const login = fetch(`${api.url}/api/users/login/`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
      signal: giveUp.signal,
    })
    await database.waitForLockWait()
    giveUp.abort()
    await expect(login).rejects.toThrow('abort')
  })
  const again = await post('/api/users/login/', JSON.stringify({ email, password }))
  expect(again.status).toBe(200)
})
