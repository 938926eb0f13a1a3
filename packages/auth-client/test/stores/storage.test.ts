import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient } from '../../src/index.ts'
import { createStorageStore } from '../../src/stores/storage.ts'
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
])('in %s a session outlives the page and leaves with the sign-out', async (_, create) => {
  const storage = create()
  const { id, email } = await service.addUser()
  const first = createAuthClient({ url, store: createStorageStore(storage), fetch: service.fetch })
  await first.auth.login.mutate({ email, password })
  const store = createStorageStore(storage)
  const next = createAuthClient({ url, store, fetch: service.fetch })
  await expireAccess(store)
  expect(await next.auth.me.query()).toMatchObject({ id })
  await next.signOut()
  expect(storage.items.size).toBe(0)
})

test('what stands in a storage and is no tokens is signed out, not a crash', async () => {
  const storage = createStorage()
  for (const text of ['', '{', 'null', '[]', '{"access":1}', '{"access":"a","refresh":"b"}']) {
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

test('tabs with Web Locks renew once: the lock of one holds for the others', async () => {
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

test('tabs without Web Locks may both renew, and stay signed in', async () => {
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
