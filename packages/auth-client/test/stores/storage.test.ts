import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient, type TokenStore } from '../../src/index.ts'
import { createStorageStore, type StorageLike } from '../../src/stores/storage.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const url = 'https://accounts.test/api/trpc'
const service = await openService()

function createStorage() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  }
}

/** As React Native's AsyncStorage: every answer is a promise. */
function createAsyncStorage() {
  const { items, getItem, setItem, removeItem } = createStorage()
  return {
    items,
    getItem: async (key: string) => getItem(key),
    setItem: async (key: string, value: string) => setItem(key, value),
    removeItem: async (key: string) => removeItem(key),
  }
}

test.each([
  ['a storage of the browser', createStorage],
  ['an asynchronous storage', createAsyncStorage],
])('in %s a session outlives the page and leaves with the logout', async (_, create) => {
  const storage = create()
  const { id, email } = await service.addUser()
  const first = createAuthClient({ url, store: createStorageStore(storage), fetch: service.fetch })
  await first.auth.login.mutate({ email, password })
  const store = createStorageStore(storage)
  const next = createAuthClient({ url, store, fetch: service.fetch })
  await expireAccess(store)
  expect(await next.auth.me.query()).toMatchObject({ id })
  await next.logOut()
  expect([...storage.items.keys()], 'the device is remembered').toEqual(['pockitflyer.session.device'])
})

test('storage without tokens means logged out, not a crash', async () => {
  const storage = createStorage()
  const odd = [
    '{"access":"a","refresh":"b"}',
    '{"access":1,"refresh":"b","receivedAtMs":1}',
    '{"access":"a","refresh":1,"receivedAtMs":1}',
    '{"access":"a","refresh":"b","receivedAtMs":"1"}',
  ]
  for (const text of ['', '{', 'null', '[]', '{"access":1}', ...odd]) {
    storage.setItem('pockitflyer.session', text)
    expect(await createStorageStore(storage).load()).toBe(undefined)
  }
})

test('two apps on one origin keep apart by their keys', async () => {
  const storage = createStorage()
  const tokens = { access: 'a', refresh: 'r', receivedAtMs: 1 }
  await createStorageStore(storage, { key: 'one' }).update(() => tokens)
  expect(await createStorageStore(storage, { key: 'one' }).load()).toEqual(tokens)
  expect(await createStorageStore(storage, { key: 'other' }).load()).toBe(undefined)
})

test('tabs with Web Locks refresh once, one lock for all', async () => {
  expect(navigator.locks).toBeDefined()
  const storage = createStorage()
  const { email } = await service.addUser()
  const stores = [createStorageStore(storage), createStorageStore(storage)]
  const tabs = stores.map((store) => createAuthClient({ url, store, fetch: service.fetch }))
  await tabs[0]?.auth.login.mutate({ email, password })
  if (stores[0] !== undefined) await expireAccess(stores[0])
  const before = service.called().length
  await Promise.all(tabs.map(({ auth }) => auth.me.query()))
  expect(
    service
      .called()
      .slice(before)
      .filter((path) => path === 'refresh'),
  ).toHaveLength(1)
})

test('tabs without Web Locks may both refresh, and stay logged in', async () => {
  vi.stubGlobal('navigator', {})
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  const storage = createStorage()
  const { id, email } = await service.addUser()
  const stores = [createStorageStore(storage), createStorageStore(storage)]
  const tabs = stores.map((store) => createAuthClient({ url, store, fetch: service.fetch }))
  await tabs[0]?.auth.login.mutate({ email, password })
  if (stores[0] !== undefined) await expireAccess(stores[0])
  expect(await Promise.all(tabs.map(({ auth }) => auth.me.query()))).toMatchObject([{ id }, { id }])
  expect(await tabs[1]?.auth.me.query()).toMatchObject({ id })
})

const first = { access: 'a1', refresh: 'r1', receivedAtMs: 1 }
const second = { access: 'a2', refresh: 'r2', receivedAtMs: 2 }

/** A storage that is full, denies reading or works, as a test says. */
function createUnsteadyStorage() {
  const storage = createStorage()
  const state = { isFull: false, isDenied: false, writes: 0 }
  return Object.assign(state, {
    items: storage.items,
    getItem(key: string) {
      if (state.isDenied) throw new Error('SecurityError')
      return storage.getItem(key)
    },
    setItem(key: string, value: string) {
      state.writes += 1
      if (state.isFull) throw new Error('QuotaExceededError')
      storage.setItem(key, value)
    },
    removeItem(key: string) {
      if (state.isFull) throw new Error('QuotaExceededError')
      storage.removeItem(key)
    },
  })
}

/** What another page finds after one has used its store. */
async function writtenAfterLoad(store: TokenStore, storage: StorageLike) {
  await store.load()
  return createStorageStore(storage).load()
}

test('a refreshed pair over a full storage is kept and written later', async () => {
  const storage = createUnsteadyStorage()
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createStorageStore(storage, { onWriteError })
  const client = createAuthClient({ url, store, fetch: service.fetch })
  const { id, email } = await service.addUser()
  const { access } = await client.auth.login.mutate({ email, password })
  const before = await store.load()
  storage.isFull = true
  const refreshed = await client.getAccessToken({ refused: access })
  expect(refreshed).not.toBe(access)
  expect(await client.getAccessToken()).toBe(refreshed)
  expect(await client.auth.me.query()).toMatchObject({ id })
  expect(onWriteError).toHaveBeenCalledTimes(1)
  expect(await createStorageStore(storage).load()).toEqual(before)
  storage.isFull = false
  await expect.poll(() => writtenAfterLoad(store, storage)).toMatchObject({ access: refreshed })
})

test('a full storage is retried at each call, one at once', async () => {
  const storage = createUnsteadyStorage()
  storage.isFull = true
  const store = createStorageStore(storage)
  await store.update(() => first)
  expect(storage.writes).toBe(1)
  expect(await Promise.all([store.load(), store.load()])).toEqual([first, first])
  await expect.poll(() => storage.writes).toBe(2)
  await expect.poll(async () => (await store.load(), storage.writes)).toBe(3)
})

test('a logout that a storage refuses is one all the same', async () => {
  const storage = createUnsteadyStorage()
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createStorageStore(storage, { onWriteError })
  await store.update(() => first)
  storage.isFull = true
  expect(await store.update(() => undefined)).toBe(undefined)
  expect(await store.load()).toBe(undefined)
  expect(onWriteError).toHaveBeenCalledTimes(1)
  storage.isFull = false
  await expect.poll(() => writtenAfterLoad(store, storage)).toBe(undefined)
  expect(storage.items.size).toBe(0)
})

test("another tab's later write is newer than an unwritten pair", async () => {
  const storage = createUnsteadyStorage()
  const [mine, theirs] = [createStorageStore(storage), createStorageStore(storage)]
  await mine.update(() => first)
  storage.isFull = true
  await mine.update(() => second)
  storage.isFull = false
  const third = { ...second, access: 'a3' }
  await theirs.update(() => third)
  expect(await mine.load()).toEqual(third)
  await mine.update((now) => now)
  expect(await theirs.load()).toEqual(third)
})

test('while storage denies reading, calls fail and logins stay in memory', async () => {
  const storage = createUnsteadyStorage()
  const store = createStorageStore(storage)
  await store.update(() => first)
  storage.isDenied = true
  await expect(store.load()).rejects.toThrow('SecurityError')
  await expect(store.update((now) => now)).rejects.toThrow('SecurityError')
  await store.update(() => second)
  expect(await store.load()).toEqual(second)
  storage.isDenied = false
  await expect.poll(() => writtenAfterLoad(store, storage)).toEqual(second)
})

test('a page denied its storage keeps tokens in memory, reported', async () => {
  const onWriteError = vi.fn<(error: unknown) => void>()
  const denied = new Error('SecurityError')
  const deny = () => {
    throw denied
  }
  const store = createStorageStore(deny, { onWriteError })
  expect(await store.load()).toBe(undefined)
  await store.update(() => first)
  expect(await store.load()).toEqual(first)
  expect(onWriteError).toHaveBeenCalledWith(denied)
  await store.update(() => undefined)
  expect(await store.load()).toBe(undefined)
  expect(onWriteError).toHaveBeenCalledTimes(1)
})

test('a storage given by a function works like any other', async () => {
  const storage = createStorage()
  await createStorageStore(() => storage).update(() => first)
  expect(await createStorageStore(storage).load()).toEqual(first)
})

test('a lock that another tab keeps is awaited five seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = navigator.locks.request('frozen.renewal', async () => {
    held.resolve()
    await letGo.promise
  })
  await held.promise
  const store = createStorageStore(createStorage(), { key: 'frozen' })
  let runs = 0
  const section = async () => (runs += 1)
  const entered = Promise.all([store.exclusive?.(section), store.exclusive?.(section)])
  await vi.advanceTimersByTimeAsync(4999)
  expect(runs).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(await entered).toEqual([1, 2])
  letGo.resolve()
  await holding
  await store.exclusive?.(section)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['rejects', async () => Promise.reject(new Error('SecurityError'))],
  [
    'throws',
    () => {
      throw new Error('SecurityError')
    },
  ],
])('where asking for a lock %s, one caller enters at once', async (_, request) => {
  vi.stubGlobal('navigator', { locks: { request } })
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  const store = createStorageStore(createStorage())
  let inside = 0
  const section = async () => {
    inside += 1
    await Promise.resolve()
    const most = inside
    inside -= 1
    return most
  }
  expect(await Promise.all([1, 2, 3].map(async () => store.exclusive?.(section)))).toEqual([1, 1, 1])
  await store.update(() => first)
  expect(await store.load()).toEqual(first)
})

test('what a section throws reaches its caller, and the section runs once', async () => {
  const store = createStorageStore(createStorage(), { key: 'throwing' })
  let runs = 0
  const section = async () => {
    runs += 1
    throw new Error('from the section')
  }
  await expect(store.exclusive?.(section)).rejects.toThrow('from the section')
  expect(runs).toBe(1)
})

test('a login over unreadable storage is kept and written later', async () => {
  const storage = createUnsteadyStorage()
  await createStorageStore(storage).update(() => first)
  const store = createStorageStore(storage)
  storage.isDenied = true
  await store.update(() => second)
  storage.isDenied = false
  expect(await store.load()).toEqual(second)
  await expect.poll(() => writtenAfterLoad(store, storage)).toEqual(second)
})

test("a read during another call's write does not displace it", async () => {
  const storage = createUnsteadyStorage()
  const letGo = Promise.withResolvers<void>()
  let isSlow = false
  const store = createStorageStore({
    async getItem(key: string) {
      const value = storage.getItem(key)
      if (isSlow) {
        isSlow = false
        await letGo.promise
      }
      return value
    },
    setItem: (key, value) => storage.setItem(key, value),
    removeItem: (key) => storage.removeItem(key),
  })
  isSlow = true
  const early = store.load()
  await store.update(() => first)
  storage.isFull = true
  await store.update(() => second)
  letGo.resolve()
  expect(await early).toEqual(second)
  expect(await store.load()).toEqual(second)
})

test('two stores that change one storage at once lose no change', async () => {
  const storage = createAsyncStorage()
  const stores = [createStorageStore(storage), createStorageStore(storage)]
  await stores[0]?.update(() => ({ ...first, access: '' }))
  const changes = Array.from({ length: 10 }, async (_, round) =>
    stores[round % 2]?.update((now) => now && { ...now, access: `${now.access}x` }),
  )
  await Promise.all(changes)
  expect((await createStorageStore(storage).load())?.access).toBe('x'.repeat(10))
})
