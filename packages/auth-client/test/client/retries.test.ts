import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, isAuthError } from '../../src/index.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const url = 'https://accounts.test/api/trpc'
const service = await openService()

/** An answer in which the service refuses each call of a request. */
function refuse(request: string, { httpStatus, code }: { httpStatus: number; code: string }): Response {
  const calls = new URL(request).pathname.split('/').at(-1)?.split(',') ?? []
  const errors = calls.map((path) => ({
    error: { message: 'no', code: -32000, data: { code, httpStatus, path } },
  }))
  return Response.json(errors, { status: httpStatus })
}

/**
 * A client that is logged in, and what it sends; calls whose path is named are refused, the others
 * answered.
 */
async function logIn(refused: { path: string; httpStatus: number; code: string }) {
  const { email } = await service.addUser()
  const store = createMemoryStore()
  const onLoggedOut = vi.fn<() => void>()
  const sent: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const address = String(input instanceof Request ? input.url : input)
    sent.push(new URL(address).pathname.replace('/api/trpc/auth.', ''))
    return address.includes(`auth.${refused.path}`) ? refuse(address, refused) : service.fetch(input, init)
  }
  const client = createAuthClient({ url, store, onLoggedOut, fetch })
  await client.auth.login.mutate({ email, password })
  sent.length = 0
  return { email, store, client, onLoggedOut, sent }
}

const others = [
  { httpStatus: 400, code: 'invalid_input' },
  { httpStatus: 403, code: 'registration_closed' },
  { httpStatus: 404, code: 'not_found' },
  { httpStatus: 409, code: 'a_code_of_a_newer_service' },
  { httpStatus: 429, code: 'throttled' },
  { httpStatus: 500, code: 'internal_error' },
  { httpStatus: 503, code: 'overloaded' },
  { httpStatus: 503, code: 'unavailable' },
]

test.each([...others, { httpStatus: 401, code: 'invalid_credentials' }])(
  'a mutation that is refused with $httpStatus $code is made once, and refreshes nothing',
  async (refusal) => {
    const { client, store, sent } = await logIn({ path: 'updateProfile', ...refusal })
    const before = await store.load()
    const call = client.auth.updateProfile.mutate({ profile: { bio: 'x' } })
    await expect(call).rejects.toMatchObject({ data: refusal })
    expect(sent).toEqual(['updateProfile'])
    expect(await store.load()).toEqual(before)
  },
)

test('a query that is refused with 503 is made once too', async () => {
  const { client, sent } = await logIn({ path: 'me', httpStatus: 503, code: 'unavailable' })
  await expect(client.auth.me.query()).rejects.toMatchObject({ data: { code: 'unavailable' } })
  expect(sent).toEqual(['me'])
})

test.concurrent.each(others.filter(({ httpStatus }) => httpStatus !== 400))(
  'a refresh that is refused with $httpStatus $code signs nobody out',
  async (refusal) => {
    const { client, store, onLoggedOut, sent } = await logIn({ path: 'refresh', ...refusal })
    const before = await store.load()
    const outcome = client.getAccessToken({ refused: before?.access })
    await expect(outcome).rejects.toMatchObject({ data: refusal })
    expect(sent).toEqual(['refresh', 'refresh', 'refresh'])
    expect(await store.load()).toEqual(before)
    expect(onLoggedOut).not.toHaveBeenCalled()
  },
)

test.each([
  { httpStatus: 400, code: 'invalid_input' },
  { httpStatus: 401, code: 'session_ended' },
  { httpStatus: 401, code: 'token_expired' },
])('a refresh that is refused with $httpStatus $code ends the session at once', async (refusal) => {
  const { client, store, onLoggedOut, sent } = await logIn({ path: 'refresh', ...refusal })
  const access = (await store.load())?.access
  expect(await client.getAccessToken({ refused: access })).toBe(undefined)
  expect(sent).toEqual(['refresh'])
  expect(await store.load()).toBe(undefined)
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('a nearly expired token without refresh is used for the call', async () => {
  const { client, store } = await logIn({ path: 'refresh', httpStatus: 503, code: 'unavailable' })
  await store.update((now) => now && { ...now, receivedAtMs: Date.now() - 86_390_000 })
  expect(await client.auth.me.query()).toMatchObject({ profile: { bio: '' } })
})

test("a refused call of an ended session throws the service's error", async () => {
  const { client, store } = await logIn({ path: 'refresh', httpStatus: 401, code: 'session_ended' })
  await expireAccess(store)
  const error: unknown = await client.auth.me.query().catch((thrown: unknown) => thrown)
  expect(isAuthError(error, 'token_expired')).toBe(true)
})

test.each([undefined, Number.POSITIVE_INFINITY, 60_000])(
  'three refresh attempts fit the 30-second grace, with timeoutMs %s',
  async (timeoutMs) => {
    const { email } = await service.addUser()
    const store = createMemoryStore()
    const session = await createAuthClient({ url, store, fetch: service.fetch }).auth.login.mutate({
      email,
      password,
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const startMs = Date.now()
    const sentAtMs: number[] = []
    const fetch = async () => {
      sentAtMs.push(Date.now() - startMs)
      return new Promise<Response>(() => {})
    }
    const options = timeoutMs === undefined ? {} : { timeoutMs }
    const client = createAuthClient({ url, store, fetch, ...options })
    const outcome = client.getAccessToken({ refused: session.access }).catch(() => Date.now() - startMs)
    await vi.advanceTimersByTimeAsync(120_000)
    // A timer of 0 ms takes 1.
    const rounded = [...sentAtMs, await outcome].map((ms) => Math.floor(Number(ms) / 10) * 10)
    expect(rounded).toEqual([0, 8250, 17_250, Math.min(timeoutMs ?? 10_000, 25_250)])
  },
)

test('a call waits ten seconds for its answer, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const startMs = Date.now()
  const client = createAuthClient({ url, fetch: async () => new Promise<Response>(() => {}) })
  const outcome = client.auth.policy.query().catch(() => Date.now() - startMs)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toBe(10_000)
})

test('a manual logout of another session leaves the kept one', async () => {
  const { client, store, email, onLoggedOut } = await logIn({ path: 'none', httpStatus: 500, code: 'none' })
  const old = await store.load()
  await client.auth.login.mutate({ email, password })
  const kept = await store.load()
  await client.auth.logout.mutate({ refresh: old?.refresh ?? '' })
  expect(await store.load()).toEqual(kept)
  expect(onLoggedOut).not.toHaveBeenCalled()
  expect(await client.auth.me.query()).toMatchObject({ email })
})

test('a manual logout reports only a session kept here', async () => {
  const { email } = await service.addUser()
  const onLoggedOut = vi.fn<() => void>()
  const elsewhere = createAuthClient({ url, fetch: service.fetch })
  const { refresh } = await elsewhere.auth.login.mutate({ email, password })
  await createAuthClient({ url, onLoggedOut, fetch: service.fetch }).auth.logout.mutate({ refresh })
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test.each([
  [401, 'session_ended', 'ended'],
  [429, 'throttled', 'not_told'],
  [503, 'unavailable', 'not_told'],
] as const)('a logout that the service answers with %d %s is %s', async (httpStatus, code, kind) => {
  const { client, store, sent } = await logIn({ path: 'logout', httpStatus, code })
  expect(await client.logOut()).toMatchObject({ kind })
  expect(await store.load()).toBe(undefined)
  expect(sent).toEqual(['logout'])
})

test('a logout from a silent service is over in time', async () => {
  const { email } = await service.addUser()
  const store = createMemoryStore()
  await createAuthClient({ url, store, fetch: service.fetch }).auth.login.mutate({ email, password })
  const fetch = async () => new Promise<Response>(() => {})
  const outcome = await createAuthClient({ url, store, fetch, timeoutMs: 50 }).logOut()
  expect(outcome).toMatchObject({ kind: 'not_told', error: { name: 'TimeoutError' } })
})

test('of two refreshes of different sessions each gets its own tokens', async () => {
  const { client, store, email } = await logIn({ path: 'none', httpStatus: 500, code: 'none' })
  const first = await store.load()
  const other = createMemoryStore()
  await createAuthClient({ url, store: other, fetch: service.fetch }).auth.login.mutate({ email, password })
  const second = await other.load()
  const early = client.getAccessToken({ refused: first?.access })
  await store.update(() => second)
  const late = await client.getAccessToken({ refused: second?.access })
  await early
  expect(late).toBeDefined()
  expect(late).not.toBe(second?.access)
  expect((await store.load())?.access).toBe(late)
})
