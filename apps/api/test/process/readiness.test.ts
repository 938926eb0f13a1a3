import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectDatabase } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()

/** The first line of an answer to what a balancer asks: HTTP/1.0, without a `Host`. */
async function probe(url: string, path: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.0\r\n\r\n`)
  return (await text(socket)).split('\r\n')[0]
}

async function get(url: string) {
  const answer = await fetch(url)
  return { status: answer.status, body: await answer.json() }
}

test('a server with a migrated database is alive and ready', async () => {
  const api = await startTestApi(database.url)
  onTestFinished(() => api.stop())
  expect(await get(`${api.url}/healthz`)).toEqual({ status: 200, body: { status: 'ok' } })
  expect(await get(`${api.url}/readyz`)).toEqual({ status: 200, body: { status: 'ok' } })
})

test("a balancer's probe in HTTP/1.0 without a Host is answered", async () => {
  const api = await startTestApi(database.url)
  onTestFinished(() => api.stop())
  for (const path of ['/healthz', '/readyz']) expect(await probe(api.url, path)).toBe('HTTP/1.1 200 OK')
})

test('without migrations a server is alive, not ready, and names the command', async () => {
  const api = await startTestApi(database.url)
  onTestFinished(() => api.stop())
  await database.db.schema.dropSchema('public').cascade().execute()
  await database.db.schema.createSchema('public').execute()
  expect((await get(`${api.url}/healthz`)).status).toBe(200)
  const answer = await get(`${api.url}/readyz`)
  expect(answer).toMatchObject({
    status: 503,
    body: { status: 'unavailable', reason: 'The database lacks migrations. Run: pnpm auth migrate' },
  })
  expect(answer).toHaveProperty('body.pending[0]', '2026-11-22-accounts')
  await migrateToLatest(database.db)
  expect((await get(`${api.url}/readyz`)).status).toBe(200)
})

test('without its database a server stays alive and refuses logins politely', async () => {
  const lost = await createTestDatabase()
  const api = await startTestApi(lost.url)
  onTestFinished(() => api.stop())
  expect((await get(`${api.url}/readyz`)).status).toBe(200)
  await lost.drop()
  expect(await get(`${api.url}/readyz`)).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'The database cannot be reached.' },
  })
  expect((await get(`${api.url}/healthz`)).status).toBe(200)
  const login = await fetch(`${api.url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'a@example.com', password }),
  })
  expect([login.status, login.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await login.json()).toEqual({ detail: 'The service is not available. Try again in a moment.' })
})

test('a server recovers when its database takes writes again', async () => {
  const readOnly = await createTestDatabase()
  onTestFinished(() => readOnly.drop())
  const admin = connectDatabase({ url: readOnly.url })
  onTestFinished(() => admin.destroy())
  const name = sql.id(new URL(readOnly.url).pathname.slice(1))
  await sql`alter database ${name} set default_transaction_read_only = on`.execute(admin)
  const api = await startTestApi(readOnly.url)
  onTestFinished(() => api.stop())
  expect(await get(`${api.url}/readyz`)).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'The database takes no writes.' },
  })
  const login = await fetch(`${api.url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'a@example.com', password }),
  })
  expect([login.status, login.headers.get('retry-after')]).toEqual([503, '1'])
  await sql`alter database ${name} reset default_transaction_read_only`.execute(admin)
  expect((await get(`${api.url}/readyz`)).status).toBe(200)
})
