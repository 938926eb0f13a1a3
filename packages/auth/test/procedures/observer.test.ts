import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { addUser } from '../../src/admin/add-user.ts'
import { createAuth } from '../../src/auth.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import type { Statement } from '@pockitflyer/postgres-pool'
import { createContext } from '../../src/http/context.ts'
import { findRoute } from '../../src/http/route.ts'
import { createCaller } from '../../src/procedures/router.ts'
import type { Call } from '../../src/observer.ts'
import { age, openDatabase, password } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'

const { url, db } = await openDatabase()
const operator = { client: { ip: null, userAgent: null } }

const heard = { calls: new Array<Call>(), refreshes: new Array<string>(), waits: new Array<number>() }
const observer = {
  called: (call: Call) => void heard.calls.push(call),
  refreshed: (outcome: string) => void heard.refreshes.push(outcome),
  dequeued: (seconds: number) => void heard.waits.push(seconds),
}
beforeEach(() => {
  for (const list of Object.values(heard)) list.length = 0
})

async function createService(env: Record<string, string> = {}) {
  const settings = readAuthSettings({ SECRET_KEY: secretKey, RATE_LIMITS: 'off', ...env })
  const auth = await createAuth(settings, { db, observer })
  const context = createContext(auth, new Request('http://accounts.test/'), undefined)
  const { auth: caller } = createCaller(context)
  const email = `user-${randomUUID()}@example.com`
  const { id } = await addUser(auth, operator, { email, password, is_active: true })
  return { auth, caller, email, id }
}

test('each call reports its outcome: ok or an error code', async () => {
  const { caller, email } = await createService()
  const since = performance.now()
  await caller.login({ email, password })
  await expect(caller.login({ email, password: 'wrong' })).rejects.toThrow('No active account')
  await expect(caller.login({ email: '', password: '' })).rejects.toThrow('Invalid input.')
  await expect(caller.me()).rejects.toThrow('credentials were not provided')
  expect(heard.calls.map(({ procedure, outcome }) => [procedure, outcome])).toEqual([
    ['auth.login', 'ok'],
    ['auth.login', 'invalid_credentials'],
    ['auth.login', 'invalid_input'],
    ['auth.me', 'not_authenticated'],
  ])
  const elapsed = (performance.now() - since) / 1000
  for (const { seconds } of heard.calls) {
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThan(elapsed)
  }
})

test('rotated, replayed and reused refresh tokens are reported as such', async () => {
  const { caller, email, id } = await createService()
  const { refresh } = await caller.login({ email, password })
  await caller.refresh({ refresh })
  const next = await caller.refresh({ refresh })
  await caller.introspect({ token: next.access })
  await age(db, id, '1 hour')
  await caller.refresh({ refresh })
  expect(heard.refreshes).toEqual(['rotated', 'replayed', 'reused'])
})

test('a reuse that ends its session is reported, others kept', async () => {
  const strict = await createService({ BLACKLIST_AFTER_ROTATION: 'true' })
  const { refresh } = await strict.caller.login({ email: strict.email, password })
  const { access } = await strict.caller.refresh({ refresh })
  await strict.caller.introspect({ token: access })
  await age(db, strict.id, '1 hour')
  await expect(strict.caller.refresh({ refresh })).rejects.toThrow('blacklisted')
  const fixed = await createService({ ROTATE_REFRESH_TOKENS: 'false' })
  await fixed.caller.refresh(await fixed.caller.login({ email: fixed.email, password }))
  expect(heard.refreshes).toEqual(['rotated', 'reused', 'kept'])
})

test('a refresh by a token that the database lost reports recovery', async () => {
  const { caller, email, id } = await createService()
  const { refresh } = await caller.refresh(await caller.login({ email, password }))
  await sql`update sessions set generation = 0, delivered_generation = null where user_id = ${id}`.execute(db)
  await caller.refresh({ refresh: refresh ?? '' })
  expect(heard.refreshes).toEqual(['rotated', 'recovered'])
})

test('the hash queue reports its waits and its length', async () => {
  const { auth } = await createService({ HASH_CONCURRENCY: '1' })
  heard.waits.length = 0
  const since = performance.now()
  const checks = [1, 2, 3].map(() => auth.passwords.verify(undefined, password))
  expect(auth.passwords.load()).toEqual({ running: 1, waiting: 2 })
  await Promise.all(checks)
  expect(auth.passwords.load()).toEqual({ running: 0, waiting: 0 })
  const [first = 0, second = 0, third = 0] = heard.waits
  expect(heard.waits).toHaveLength(3)
  expect(second).toBeGreaterThan(first)
  expect(third).toBeGreaterThan(second)
  expect(third).toBeLessThan((performance.now() - since) / 1000)
})

test('each statement is reported without values, a failure with its SQLSTATE', async () => {
  const statements: Statement[] = []
  let connections = () => 0
  const watched = connect({
    url,
    onStatement: (statement) => statements.push(statement),
    onPool: (pool) => (connections = () => pool.totalCount),
  })
  const users = watched.selectFrom('users').where('email', '=', 'secret@example.com')
  await users.select('id').execute()
  expect(connections()).toBe(1)
  await expect(users.select(sql`none`.as('id')).execute()).rejects.toThrow('does not exist')
  expect(statements.map(({ sql, errorCode }) => [sql, errorCode])).toEqual([
    ['select "id" from "users" where "email" = $1', undefined],
    ['select none as "id" from "users" where "email" = $1', '42703'],
  ])
  for (const { durationMs } of statements) expect(durationMs).toBeGreaterThan(0)
  await watched.destroy()
})

test.each([
  ['/api/users/login', '/api/users/login'],
  ['/api/users/login/', '/api/users/login'],
  ['/api/users/%6cogin/', '/api/users/login'],
  ['/api/users/sessions/secret/', '/api/users/sessions/{id}'],
  ['/api/users/secret', undefined],
  ['/api/trpc/auth.login', '/api/trpc/auth.login'],
  ['/api/trpc/auth.login/', '/api/trpc/auth.login'],
  ['/api/trpc/auth.login,auth.me', '/api/trpc/{batch}'],
  ['/api/trpc/auth.login%2Cauth.me', '/api/trpc/{batch}'],
  ['/api/trpc/toString', undefined],
  ['/api/trpc/secret', undefined],
  ['/healthz/xxxxauth.login', undefined],
  ['/secret', undefined],
])('the route of %s is %s', (path, route) => {
  expect(findRoute(path)).toBe(route)
})
