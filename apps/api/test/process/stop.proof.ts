import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()

function login(url: string, email: string) {
  return fetch(`${url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
}

/** How many connections the API has to the database. */
async function openConnections(): Promise<number> {
  const rows = await database.db
    .$extendTables<{ pg_stat_activity: { datname: string; pid: number; application_name: string } }>()
    .selectFrom('pg_stat_activity')
    .select('pid')
    .where('datname', '=', new URL(database.url).pathname.slice(1))
    .where('application_name', '=', 'pockitflyer-auth')
    .execute()
  return rows.length
}

/** Resolves with the error of a connection that is refused. */
async function refusal(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connectSocket(Number(port), hostname)
  const said = await Promise.race([
    once(socket, 'connect').then(() => 'connected'),
    once(socket, 'error').then(([error]: { code: string }[]) => error?.code ?? ''),
  ]).catch((error: { code: string }) => error.code)
  socket.destroy()
  return said
}

test('a stop finishes requests in flight and leaves nothing open', async () => {
  const { id, email } = await database.addUser()
  const api = await startTestApi(database.url)
  const { stopping, running, codeWhileStopping } = await database.whileUserIsLocked(id, async () => {
    const answer = login(api.url, email)
    await database.waitForLockWait()
    const done: string[] = []
    const stop = api.stop({ isUrgent: false }).then(() => done.push('stopped'))
    const code = await refusal(api.url)
    expect(done).toEqual([])
    return { stopping: stop, running: [answer], codeWhileStopping: code }
  })
  expect(codeWhileStopping).toBe('ECONNREFUSED')
  const [answer] = await Promise.all(running)
  expect(answer?.status).toBe(200)
  expect(await answer?.json()).toMatchObject({ user: { email } })
  const answered = performance.now()
  await stopping
  expect(performance.now() - answered).toBeLessThan(2500)
  expect(await refusal(api.url)).toBe('ECONNREFUSED')
  await expect.poll(openConnections).toBe(0)
})

test('a stop with a delay serves on, not ready, then refuses', async () => {
  const { email } = await database.addUser()
  const api = await startTestApi(database.url, { SHUTDOWN_DELAY: '3s' })
  const stop = api.stop({ isUrgent: false })
  const ready = await fetch(`${api.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'unavailable', reason: 'The server stops.' },
  ])
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
  expect((await login(api.url, email)).status).toBe(200)
  await stop
  expect(await refusal(api.url)).toBe('ECONNREFUSED')
})

test('a stop does not wait for a connection that is kept alive', async () => {
  const api = await startTestApi(database.url)
  const { hostname, port } = new URL(api.url)
  const socket: Socket = connectSocket(Number(port), hostname)
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
  await once(socket, 'data')
  const started = performance.now()
  const closed = once(socket, 'close')
  await api.stop({ isUrgent: false })
  expect(performance.now() - started).toBeLessThan(5000)
  socket.end()
  await closed
})

test('a server can be started again where one has stopped', async () => {
  const first = await startTestApi(database.url)
  await first.stop()
  const again = await startTestApi(database.url, { PORT: new URL(first.url).port })
  expect(again.url).toBe(first.url)
  expect((await fetch(`${again.url}/healthz`)).status).toBe(200)
  await again.stop()
})

test('a server that cannot listen leaves no connection to the database', async () => {
  const api = await startTestApi(database.url)
  const second = startTestApi(database.url, { PORT: new URL(api.url).port })
  await expect(second).rejects.toThrow('EADDRINUSE')
  await api.stop()
  await expect.poll(openConnections).toBe(0)
})
