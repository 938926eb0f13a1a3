import { expect, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, isAuthError, type TokenStore } from '../../src/index.ts'

/**
 * What the client makes of answers that a test chooses, those that the service gives seldom or
 * never too.
 */

const url = 'https://accounts.test/api/trpc'

/** A pair of one session, without a valid signature. */
function makePair(sid: string, generation = 1) {
  const claims = { sid, generation, user_id: sid, iat: 0, exp: 86_400 }
  const access = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
  return { access, refresh: `${sid}-${generation}` }
}

const refusal = (httpStatus: number, code: string) => ({
  error: { message: 'no', code: -32001, data: { code, httpStatus } },
})
const ended = refusal(401, 'session_ended')

interface Sent {
  path: string
  authorization: string | null
  body: string
  signal: AbortSignal | null | undefined
}

/**
 * A client whose calls are answered so, one answer a request of one call; what it sent, and its
 * store.
 */
function createClient(
  answer: (sent: Sent) => unknown,
  { store = createMemoryStore(), ...options }: { store?: TokenStore; accessToken?: string } = {},
) {
  const sent: Sent[] = []
  const onLoggedOut = vi.fn<() => void>()
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname.replace('/api/trpc/auth.', '')
    const authorization = request.headers.get('authorization')
    const one = { path, authorization, body: await request.text(), signal: init?.signal }
    sent.push(one)
    const data = await answer(one)
    const isError = typeof data === 'object' && data !== null && 'error' in data
    return Response.json([isError ? data : { result: { data } }])
  }
  return {
    client: createAuthClient({ url, store, fetch, onLoggedOut, ...options }),
    store,
    sent,
    onLoggedOut,
  }
}

async function keep(store: TokenStore, pair: { access: string; refresh: string }) {
  await store.update(() => ({ ...pair, receivedAtMs: Date.now() }))
}

test('a refresh that is answered without tokens signs nobody out', async () => {
  const { client, store, onLoggedOut } = createClient(() => ({}))
  const pair = makePair('mine')
  await keep(store, pair)
  await expect(client.getAccessToken({ refused: pair.access })).rejects.toThrow('holds no tokens')
  expect(await store.load()).toMatchObject(pair)
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('the token goes with calls that need it, and with no other', async () => {
  const { client, store, sent } = createClient(() => ({}))
  await keep(store, makePair('mine'))
  const credentials = { email: 'a', password: 'b' }
  const { auth } = client
  await auth.policy.query()
  await auth.verify.mutate({ token: 't' })
  await auth.introspect.mutate({ token: 't' })
  await auth.login.mutate(credentials)
  await auth.register.mutate(credentials)
  await auth.refresh.mutate({ refresh: 'other' })
  await auth.logout.mutate({ refresh: 'other' })
  await auth.me.query()
  await auth.updateProfile.mutate({})
  await auth.listSessions.query()
  await auth.endSession.mutate({ id: crypto.randomUUID() })
  await auth.endOtherSessions.mutate()
  await auth.changePassword.mutate({ current_password: 'b', new_password: 'c' })
  await auth.endAllSessions.mutate()
  expect(sent.filter(({ authorization }) => authorization !== null).map(({ path }) => path)).toEqual([
    'me',
    'updateProfile',
    'listSessions',
    'endSession',
    'endOtherSessions',
    'changePassword',
    'endAllSessions',
  ])
})

test('a login after another session bears no token of that one', async () => {
  const { client, store, sent } = createClient(({ path }) => (path === 'login' ? makePair('next') : {}))
  await keep(store, makePair('mine'))
  await client.auth.me.query()
  await client.auth.login.mutate({ email: 'a', password: 'b' })
  expect(sent.map(({ path, authorization }) => [path, authorization === null])).toEqual([
    ['me', false],
    ['login', true],
  ])
})

test.each(['me', 'endOtherSessions'] as const)(
  'a call of %s that is given up ends its request',
  async (name) => {
    const { client, store, sent } = createClient(() => new Promise(() => {}))
    await keep(store, makePair('mine'))
    const giveUp = new AbortController()
    const options = { signal: giveUp.signal }
    const call =
      name === 'me'
        ? client.auth.me.query(undefined, options)
        : client.auth.endOtherSessions.mutate(undefined, options)
    const outcome = call.catch(() => 'given up')
    await expect.poll(() => sent.length).toBe(1)
    expect(sent[0]?.signal?.aborted).toBe(false)
    giveUp.abort()
    expect(await outcome).toBe('given up')
    expect(sent[0]?.signal?.aborted).toBe(true)
  },
)

test('a client that was given its token leaves a store alone', async () => {
  const store = createMemoryStore()
  await keep(store, makePair('mine'))
  const { client, sent } = createClient(() => ({}), { store, accessToken: 'given' })
  await client.auth.me.query()
  expect(sent[0]?.authorization).toBe('Bearer given')
})

test('without a session a manual refresh is answered and keeps nothing', async () => {
  const { client, store } = createClient(() => makePair('mine', 2))
  expect(await client.auth.refresh.mutate({ refresh: 'another' })).toEqual(makePair('mine', 2))
  expect(await store.load()).toBeUndefined()
  expect(await client.getAccessToken({ refused: 'another' })).toBeUndefined()
})

test('a manual refresh without rotation keeps the token and its time', async () => {
  const pair = makePair('mine')
  const { client, store } = createClient(() => ({ access: makePair('mine', 2).access }))
  await store.update(() => ({ ...pair, receivedAtMs: 0 }))
  await client.auth.refresh.mutate({ refresh: pair.refresh })
  const kept = await store.load()
  expect(kept).toMatchObject({ access: makePair('mine', 2).access, refresh: pair.refresh })
  expect(Date.now() - (kept?.receivedAtMs ?? 0)).toBeLessThan(60_000)
})

test('a logout by hand that names no token leaves the session', async () => {
  const { client, store } = createClient(() => ({}))
  await keep(store, makePair('mine'))
  // @ts-expect-error a caller without types
  await client.auth.logout.mutate({})
  expect(await store.load()).toMatchObject(makePair('mine'))
})

/**
 * A client that changes the password of `mine`; `late` was sent before and is refused when the test
 * says so.
 */
async function refuseLate(between: (store: TokenStore) => Promise<void>, sentBy: string) {
  const letGo = Promise.withResolvers<void>()
  const store = createMemoryStore()
  const { client, sent } = createClient(
    async ({ path, authorization }) => {
      if (path === 'changePassword') return makePair('changed')
      if (path === 'me' && authorization === `Bearer ${makePair(sentBy).access}`) {
        await letGo.promise
        return ended
      }
      return path === 'refresh' ? ended : { id: 1 }
    },
    { store },
  )
  await keep(store, makePair(sentBy))
  const late = client.auth.me.query().catch((error: unknown) => isAuthError(error, 'session_ended'))
  await expect.poll(() => sent.length).toBe(1)
  await keep(store, makePair('mine'))
  await client.auth.changePassword.mutate({ current_password: 'a', new_password: 'b' })
  await between(store)
  letGo.resolve()
  return { late: await late, sent: sent.filter(({ path }) => path === 'me').length }
}

test("a change of password makes no other user's late call its own", async () => {
  const { late, sent } = await refuseLate(async () => {}, 'another')
  expect([late, sent]).toEqual([true, 1])
})

test("a late call of the old session is not the next user's", async () => {
  const { late, sent } = await refuseLate(async (store) => keep(store, makePair('next')), 'mine')
  expect([late, sent]).toEqual([true, 1])
})

test('a late call of the changed session runs in the new one', async () => {
  const { late, sent } = await refuseLate(async () => {}, 'mine')
  expect([late, sent]).toEqual([{ id: 1 }, 2])
})

test('a password changes although an unused session cannot be ended', async () => {
  const changed = makePair('changed')
  const { client, store } = createClient(async ({ path }) => {
    if (path !== 'changePassword') return refusal(503, 'unavailable')
    await store.update(() => undefined)
    return changed
  })
  await keep(store, makePair('mine'))
  const passwords = { current_password: 'a', new_password: 'b' }
  expect(await client.auth.changePassword.mutate(passwords)).toEqual(changed)
  expect(await store.load()).toBe(undefined)
})

test('a device token that is undefined gives way to the one kept', async () => {
  const { client, store, sent } = createClient(() => makePair('mine'))
  await store.deviceToken?.save('kept')
  await client.auth.login.mutate({ email: 'a', password: 'b', device_token: undefined })
  expect(sent[0]?.body).toContain('"device_token":"kept"')
})

test('a foreign error is never one of the service', () => {
  const data = { code: 'overloaded', httpStatus: 503 }
  expect(isAuthError(Object.assign(new Error('other'), { data }))).toBe(false)
})

test('a registration that awaits a mail starts no session', async () => {
  const { client, store, onLoggedOut } = createClient(() => ({ detail: 'Read your mail.' }))
  const answer = await client.auth.register.mutate({ email: 'ida@example.com', password: 'seven ferries' })
  expect(answer).toEqual({ detail: 'Read your mail.' })
  expect(await store.load()).toBeUndefined()
  expect(onLoggedOut).not.toHaveBeenCalled()
})
