import { expect, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, type TokenStore } from '../../src/index.ts'

/**
 * What a call has done when it is over, and what it never does, with stores that take their time.
 */

const url = 'https://accounts.test/api/trpc'

/** A pair of one session, without a valid signature. */
function makePair(sid: string, generation = 1) {
  const claims = { sid, generation, user_id: sid, iat: 0, exp: 86_400 }
  const access = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
  return { access, refresh: `${sid}-${generation}` }
}

const ended = { error: { message: 'no', code: -32001, data: { code: 'session_ended', httpStatus: 401 } } }

/** A store whose every answer is a moment late, as a file's or a phone's is. */
function createSlowStore() {
  const store = createMemoryStore()
  const moment = async () =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, 5)
    })
  const slow: TokenStore = {
    load: async () => (await moment(), store.load()),
    update: async (change) => (await moment(), store.update(change)),
    exclusive: async (section) => section(),
    deviceToken: {
      load: async () => (await moment(), store.deviceToken?.load()),
      save: async (token) => (await moment(), store.deviceToken?.save(token)),
    },
  }
  return { store, slow }
}

interface Sent {
  path: string
  signal: AbortSignal | null | undefined
}

/** A client whose calls are answered so, one call a request, and what it sent. */
function createClient(store: TokenStore, answer: (path: string) => unknown) {
  const sent: Sent[] = []
  const onLoggedOut = vi.fn<() => void>()
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = new URL(new Request(input).url).pathname.replace('/api/trpc/auth.', '')
    sent.push({ path, signal: init?.signal })
    const data = await answer(path)
    const isError = typeof data === 'object' && data !== null && 'error' in data
    return Response.json([isError ? data : { result: { data } }])
  }
  return {
    client: createAuthClient({ url, store, fetch, onLoggedOut }),
    onLoggedOut,
    sent,
    paths: () => sent.map(({ path }) => path),
  }
}

const credentials = { email: 'a', password: 'b' }

test.each([{}, { device_token: 'device' }])(
  'a login is over when what it answers, with %j, is kept',
  async (more) => {
    const { store, slow } = createSlowStore()
    const { client } = createClient(slow, () => ({ ...makePair('mine'), ...more }))
    await client.auth.login.mutate(credentials)
    expect(await store.load()).toMatchObject(makePair('mine'))
    expect(await store.deviceToken?.load()).toBe(more.device_token)
  },
)

test.each([7, null, {}, undefined])('a device token of %j is not kept', async (device_token) => {
  const store = createMemoryStore()
  await store.deviceToken?.save('before')
  const { client } = createClient(store, () => ({ ...makePair('mine'), device_token }))
  await client.auth.login.mutate(credentials)
  expect(await store.deviceToken?.load()).toBe('before')
})

test.each([null, 'text', 7])('an answer of %j to a login keeps nothing and fails nothing', async (data) => {
  const { store, slow } = createSlowStore()
  const { client } = createClient(slow, () => data)
  expect(await client.auth.login.mutate(credentials)).toEqual(data)
  expect(await store.load()).toBe(undefined)
})

test('only a login sends the device token', async () => {
  const store = createMemoryStore()
  await store.deviceToken?.save('kept')
  const bodies: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    bodies.push(await new Request(input, init).text())
    return Response.json([{ result: { data: {} } }])
  }
  const { auth } = createAuthClient({ url, store, fetch })
  await auth.verify.mutate({ token: 't' })
  await auth.introspect.mutate({ token: 't' })
  await auth.refresh.mutate({ refresh: 'r' })
  await auth.logout.mutate({ refresh: 'r' })
  expect(bodies.filter((body) => body.includes('device_token'))).toEqual([])
})

test('a call refused again with new tokens is not retried', async () => {
  const store = createMemoryStore()
  let generation = 1
  const { client, paths } = createClient(store, (path) =>
    path === 'refresh' ? makePair('mine', (generation += 1)) : ended,
  )
  await store.update(() => ({ ...makePair('mine'), receivedAtMs: Date.now() }))
  await expect(client.auth.me.query()).rejects.toMatchObject({ data: { code: 'session_ended' } })
  expect(paths()).toEqual(['me', 'refresh', 'me'])
})

test('a retried call that is aborted ends its request', async () => {
  const store = createMemoryStore()
  let calls = 0
  const { client, sent } = createClient(store, (path) => {
    if (path === 'refresh') return makePair('mine', 2)
    calls += 1
    return calls === 1 ? ended : new Promise(() => {})
  })
  await store.update(() => ({ ...makePair('mine'), receivedAtMs: Date.now() }))
  const giveUp = new AbortController()
  const outcome = client.auth.me.query(undefined, { signal: giveUp.signal }).catch(() => 'given up')
  await expect.poll(() => sent.length).toBe(3)
  giveUp.abort()
  expect(await outcome).toBe('given up')
  expect(sent[2]?.signal?.aborted).toBe(true)
})

test('a call of nobody is not sent, and refreshes nothing', async () => {
  const { client, paths } = createClient(createMemoryStore(), () => ended)
  await expect(client.auth.me.query()).rejects.toMatchObject({ data: { code: 'not_authenticated' } })
  expect(paths()).toEqual([])
})

test('a refresh counts from when its answer came', async () => {
  const store = createMemoryStore()
  const { client, paths } = createClient(store, (path) => (path === 'refresh' ? makePair('mine', 2) : {}))
  await store.update(() => ({ ...makePair('mine'), receivedAtMs: Date.now() - 86_400_000 }))
  for (let call = 0; call < 2; call += 1) await client.auth.me.query()
  expect(paths()).toEqual(['refresh', 'me', 'me'])
})

test('a service that cannot report an empty logout is not asked', async () => {
  const { client, paths, onLoggedOut } = createClient(createMemoryStore(), () => ({}))
  expect(await client.logOut()).toEqual({ kind: 'ended' })
  expect(paths()).toEqual([])
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('a procedure is a query or a mutation, not both', () => {
  const { client } = createClient(createMemoryStore(), () => ({}))
  expect(Object.keys(client.auth.me)).toEqual(['query'])
  expect(Object.keys(client.auth.login)).toEqual(['mutate'])
})
