import { expect, test, vi } from 'vitest'
import {
  createAuthClient,
  createMemoryStore,
  findAuthError,
  isAuthError,
  type TokenStore,
} from '../../src/index.ts'
import { openService, password } from '../service.ts'
import { age, expireAccess, sign } from '../tokens.ts'

const dayMs = 24 * 60 * 60 * 1000
const url = 'https://accounts.test/api/trpc'
const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })

/** A client in whose store a new user is logged in, and what the service was asked since. */
async function logIn(options: { fetch?: typeof fetch } = {}) {
  const user = await service.addUser()
  const store = createMemoryStore()
  const onLoggedOut = vi.fn<() => void>()
  const client = createAuthClient({ url, store, onLoggedOut, fetch: service.fetch, ...options })
  await client.auth.login.mutate({ email: user.email, password })
  const before = service.called().length
  return { ...user, client, store, onLoggedOut, called: () => service.called().slice(before) }
}

test('a login is kept: later calls use it', async () => {
  const { client, id } = await logIn()
  expect(await client.auth.me.query()).toMatchObject({ id })
})

test('a hundred refused calls cause one refresh, and all succeed', async () => {
  const { client, store, id, called } = await logIn()
  await expireAccess(store)
  const users = await Promise.all(Array.from({ length: 100 }, () => client.auth.me.query()))
  expect(users.every((user) => user.id === id)).toBe(true)
  expect(called().filter((path) => path === 'refresh')).toHaveLength(1)
  expect(called().filter((path) => path === 'me')).toHaveLength(200)
})

test('two clients with one store cause one refresh', async () => {
  const { client, store, called } = await logIn()
  const other = createAuthClient({ url, store, fetch: service.fetch })
  await expireAccess(store)
  await Promise.all([client, other].flatMap(({ auth }) => [auth.me.query(), auth.listSessions.query()]))
  expect(called().filter((path) => path === 'refresh')).toHaveLength(1)
})

test('an access token is refreshed shortly before it ends, and not before', async () => {
  const { client, store, called } = await logIn()
  await age(store, dayMs - 61_000)
  await client.auth.me.query()
  expect(called()).toEqual(['me'])
  await age(store, dayMs - 59_000)
  await client.auth.me.query()
  expect(called()).toEqual(['me', 'refresh', 'me'])
})

test.each([
  ['years ahead', 10 * 365 * dayMs],
  ['years behind', -10 * 365 * dayMs],
])('a device whose clock is %s works and does not refresh in circles', async (_, skewMs) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
  try {
    const { client, called } = await logIn()
    for (let call = 0; call < 3; call += 1) await client.auth.me.query()
    expect(called()).toEqual(['me', 'me', 'me'])
  } finally {
    vi.useRealTimers()
  }
})

test('a clock set forward costs one refresh, set back none', async () => {
  const { client, called } = await logIn()
  try {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 365 * dayMs })
    for (let call = 0; call < 3; call += 1) await client.auth.me.query()
    vi.setSystemTime(Date.now() - 730 * dayMs)
    await client.auth.me.query()
    expect(called()).toEqual(['refresh', 'me', 'me', 'me', 'me'])
  } finally {
    vi.useRealTimers()
  }
})

test('each call of a refused batch is made once more', async () => {
  const { client, store, called } = await logIn()
  await expireAccess(store)
  const [user, sessions] = await Promise.all([client.auth.me.query(), client.auth.listSessions.query()])
  expect([user.id > 0, sessions.length]).toEqual([true, 1])
  expect(called()).toEqual(['me', 'listSessions', 'refresh', 'me', 'listSessions'])
})

test('a mutation refused for its token is made once more', async () => {
  const { client, store, called } = await logIn()
  await expireAccess(store)
  expect(await client.auth.endOtherSessions.mutate()).toEqual({})
  expect(called()).toEqual(['endOtherSessions', 'refresh', 'endOtherSessions'])
})

test('a wrong password at a login refreshes nothing and signs nobody out', async () => {
  const { client, email, onLoggedOut, called } = await logIn()
  const call = client.auth.login.mutate({ email, password: 'WrongPass123!' })
  expect(await call.catch(findAuthError)).toMatchObject({ code: 'invalid_credentials' })
  const verdict = await client.auth.verify.mutate({ token: 'garbage' }).catch(findAuthError)
  expect(verdict).toMatchObject({ code: 'token_invalid' })
  expect(called()).toEqual(['login', 'verify'])
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('a session ended elsewhere reports its end once', async () => {
  const { client, store, email, onLoggedOut } = await logIn()
  const other = createAuthClient({ url, fetch: service.fetch })
  await other.auth.login.mutate({ email, password })
  await other.auth.endAllSessions.mutate()
  const calls = await Promise.allSettled(Array.from({ length: 50 }, () => client.auth.me.query()))
  const errors = calls.map((call): unknown => (call.status === 'rejected' ? call.reason : undefined))
  expect(errors.every((error) => isAuthError(error, 'session_ended'))).toBe(true)
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
  expect(await store.load()).toBe(undefined)
  expect(await client.auth.me.query().catch(findAuthError)).toMatchObject({ code: 'not_authenticated' })
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('a login after an end is a session with its own end', async () => {
  const { client, email, onLoggedOut } = await logIn()
  await client.logOut()
  await client.auth.login.mutate({ email, password })
  await client.logOut()
  expect(onLoggedOut).toHaveBeenCalledTimes(2)
})

test('without rotation the refresh token stays', async () => {
  const constant = await openService({ ROTATE_REFRESH_TOKENS: 'false' })
  const store = createMemoryStore()
  const client = createAuthClient({ url, store, fetch: constant.fetch })
  const { refresh } = await client.auth.login.mutate({ email: (await constant.addUser()).email, password })
  await expireAccess(store)
  await client.auth.me.query()
  expect(await store.load()).toMatchObject({ refresh })
  await expireAccess(store)
  await client.auth.me.query()
})

test('a manual refresh of the kept token is kept, others not', async () => {
  const { client, store, email } = await logIn()
  const mine = await store.load()
  const pair = await client.auth.refresh.mutate({ refresh: mine?.refresh ?? '' })
  expect(await store.load()).toMatchObject(pair)
  const other = createAuthClient({ url, fetch: service.fetch })
  const theirs = await other.auth.login.mutate({ email, password })
  await client.auth.refresh.mutate({ refresh: theirs.refresh })
  expect(await store.load()).toMatchObject(pair)
})

test('an access token for other services is refreshed in time', async () => {
  const { client, store, called } = await logIn()
  const first = await client.getAccessToken()
  expect(first).toBe((await store.load())?.access)
  await age(store, dayMs)
  const second = await client.getAccessToken()
  expect(second).not.toBe(first)
  const third = await client.getAccessToken({ refused: second })
  expect(third).not.toBe(second)
  expect(await client.getAccessToken({ refused: second })).toBe(third)
  expect(called()).toEqual(['refresh', 'refresh'])
  await client.logOut()
  expect(await client.getAccessToken()).toBe(undefined)
})

test('with an external access token nothing is kept, refreshed or ended', async () => {
  const { store } = await logIn()
  const accessToken = await expireAccess(store)
  const client = createAuthClient({ url, accessToken, fetch: service.fetch })
  const before = service.called().length
  expect(await client.auth.me.query().catch(findAuthError)).toMatchObject({ code: 'token_expired' })
  expect(service.called().slice(before)).toEqual(['me'])
  await expect(client.logOut()).rejects.toThrow(
    new TypeError('This client was given an access token: log out where it is kept.'),
  )
})

test('with an external access token no clock is read', async () => {
  const { store, id } = await logIn()
  const accessToken = (await store.load())?.access ?? ''
  const answers: Response[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (answers.length === 0) answers.push(await service.fetch(input, init))
    return answers[0]?.clone() ?? Response.error()
  }
  const client = createAuthClient({ url, accessToken, fetch })
  await client.auth.me.query()
  const clock = vi.spyOn(Date, 'now')
  try {
    // The answer is the service's own, heard before: the service reads the clock of this process.
    expect(await client.auth.me.query()).toMatchObject({ id })
    expect(await client.getAccessToken()).toBe(accessToken)
    expect(clock).not.toHaveBeenCalled()
  } finally {
    clock.mockRestore()
  }
})

test('a session of an earlier page reports its logout', async () => {
  const { store } = await logIn()
  const onLoggedOut = vi.fn<() => void>()
  const next = createAuthClient({ url, store, onLoggedOut, fetch: service.fetch })
  expect(await next.logOut()).toEqual({ kind: 'ended' })
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('Django tokens without a session become tokens of the service', async () => {
  const { id } = await service.addUser()
  const iat = Math.floor(Date.now() / 1000) - 7200
  const claims = { iat, user_id: String(id) }
  const access = await sign({ token_type: 'access', exp: iat + 3600, jti: crypto.randomUUID(), ...claims })
  const refresh = await sign({
    token_type: 'refresh',
    exp: iat + 86_400,
    jti: crypto.randomUUID(),
    ...claims,
  })
  const store = createMemoryStore()
  await store.update(() => ({ access, refresh, receivedAtMs: Date.now() }))
  const client = createAuthClient({ url, store, fetch: service.fetch })
  expect(await client.auth.me.query()).toMatchObject({ id })
  expect((await store.load())?.refresh).not.toBe(refresh)
})

test('a hundred calls on a store without `exclusive` share one refresh too', async () => {
  const { store, called } = await logIn()
  const plain: TokenStore = { load: () => store.load(), update: (change) => store.update(change) }
  const client = createAuthClient({ url, store: plain, fetch: service.fetch })
  await expireAccess(store)
  await Promise.all(Array.from({ length: 100 }, () => client.auth.me.query()))
  expect(called().filter((path) => path === 'refresh')).toHaveLength(1)
})

test('twenty calls travel in one request, the next in another', async () => {
  const { client, called } = await logIn()
  const before = service.sent.length
  await Promise.all(Array.from({ length: 21 }, () => client.auth.me.query()))
  const sizes = service.sent.slice(before).map(({ url }) => url.split(',').length)
  expect([sizes, called().length]).toEqual([[20, 1], 21])
})

test('with an external access token its end is not reported', async () => {
  const { store } = await logIn()
  const tokens = [(await store.load())?.access]
  const onLoggedOut = vi.fn<() => void>()
  const accessToken = () => tokens.at(-1)
  const client = createAuthClient({ url, accessToken, onLoggedOut, fetch: service.fetch })
  await client.auth.me.query()
  tokens.push(undefined)
  expect(await client.getAccessToken()).toBe(undefined)
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('a login whose answer holds no refresh token keeps nothing', async () => {
  const store = createMemoryStore()
  const fetch = async () => Response.json([{ result: { data: { access: 'a', user: {} } } }])
  await createAuthClient({ url, store, fetch }).auth.login.mutate({ email: 'a', password: 'b' })
  expect(await store.load()).toBe(undefined)
})
