import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createFileStore } from '../../src/stores/file.ts'
import { createStorageStore } from '../../src/stores/storage.ts'

/** What a store writes and when, with storages that take their time. */

const first = { access: 'a1', refresh: 'r1', receivedAtMs: 1 }
const second = { access: 'a2', refresh: 'r2', receivedAtMs: 2 }
const third = { access: 'a3', refresh: 'r3', receivedAtMs: 3 }
const key = 'pockitflyer.session'

/** An asynchronous storage whose reads and writes a test may hold back or let fail. */
function createHeldStorage() {
  const items = new Map<string, string>()
  const state = {
    writes: 0,
    beforeWrite: async () => {},
    afterRead: async () => {},
  }
  return Object.assign(state, {
    items,
    async getItem(name: string) {
      const value = items.get(name) ?? null
      await state.afterRead()
      return value
    },
    async setItem(name: string, value: string) {
      state.writes += 1
      await state.beforeWrite()
      items.set(name, value)
    },
    async removeItem(name: string) {
      state.writes += 1
      await state.beforeWrite()
      items.delete(name)
    },
  })
}

const fail = async () => Promise.reject(new Error('QuotaExceededError'))

test('what stands written is not written again', async () => {
  const storage = createHeldStorage()
  const store = createStorageStore(storage)
  await store.update(() => first)
  await store.update((now) => now)
  for (let call = 0; call < 3; call += 1) expect(await store.load()).toEqual(first)
  expect(storage.writes).toBe(1)
})

test('an asynchronous storage that does not take the tokens is told', async () => {
  const storage = createHeldStorage()
  storage.beforeWrite = fail
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createStorageStore(storage, { onWriteError })
  await store.update(() => first)
  expect(onWriteError).toHaveBeenCalledTimes(1)
  expect(await store.load()).toEqual(first)
})

test('an update is over when the storage has its tokens', async () => {
  const storage = createHeldStorage()
  storage.beforeWrite = async () =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, 10)
    })
  await createStorageStore(storage).update(() => first)
  expect(await createStorageStore(storage).load()).toEqual(first)
})

test('a read begun during a write brings back nothing old', async () => {
  const storage = createHeldStorage()
  const store = createStorageStore(storage)
  await store.update(() => first)
  const [write, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  storage.beforeWrite = async () => write.promise
  const writing = store.update(() => second)
  await expect.poll(() => storage.writes).toBe(2)
  storage.afterRead = async () => read.promise
  const early = store.load()
  write.resolve()
  expect(await writing).toEqual(second)
  read.resolve()
  expect(await early).toEqual(second)
  expect(await store.load()).toEqual(second)
})

test("a login while reading was denied beats another tab's unseen write", async () => {
  const storage = createHeldStorage()
  const store = createStorageStore(storage)
  await store.update(() => first)
  storage.afterRead = fail
  await store.update(() => second)
  expect(storage.writes, 'what stands there is not known').toBe(1)
  storage.items.set(key, JSON.stringify(third))
  storage.afterRead = async () => {}
  expect(await store.load()).toEqual(second)
  await expect.poll(() => storage.items.get(key)).toBe(JSON.stringify(second))
})

test('of calls at once one tries again to write', async () => {
  const storage = createHeldStorage()
  const store = createStorageStore(storage, { key: 'at once' })
  storage.beforeWrite = fail
  await store.update(() => first)
  await Promise.all([store.load(), store.load(), store.load()])
  await navigator.locks.request('at once.update', async () => {})
  expect(storage.writes).toBe(2)
})

test('what is written later waits for a tab that is writing', async () => {
  const storage = createHeldStorage()
  const store = createStorageStore(storage, { key: 'later' })
  storage.beforeWrite = fail
  await store.update(() => first)
  storage.beforeWrite = async () => {}
  const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = navigator.locks.request('later.update', async () => {
    held.resolve()
    await letGo.promise
  })
  await held.promise
  for (let call = 0; call < 3; call += 1) await store.load()
  expect(storage.writes).toBe(1)
  letGo.resolve()
  await holding
  await expect.poll(() => storage.items.get('later')).toBe(JSON.stringify(first))
})

test('where there is no navigator a storage is used all the same', async () => {
  vi.stubGlobal('navigator', undefined)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  const storage = createHeldStorage()
  await createStorageStore(storage).update(() => first)
  expect(await createStorageStore(storage).load()).toEqual(first)
})

test('a request for a lock that is denied leaves no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('navigator', { locks: { request: fail } })
  onTestFinished(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  await createStorageStore(createHeldStorage()).update(() => first)
  expect(vi.getTimerCount()).toBe(0)
})

async function createPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'text-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'session.json')
}

test('stores of one file refresh one at a time, and write meanwhile', async () => {
  const path = await createPath()
  const stores = [createFileStore(path), createFileStore(path)]
  let inside = 0
  const most = stores.map(async (store) =>
    store.exclusive?.(async () => {
      inside += 1
      await store.update(() => first)
      const seen = inside
      inside -= 1
      return seen
    }),
  )
  expect(await Promise.all(most)).toEqual([1, 1])
})

test('tokens that are replaced are not kept beside the file', async () => {
  const path = await createPath()
  const store = createFileStore(path)
  for (const tokens of [first, second, undefined]) await store.update(() => tokens)
  expect(await readdir(dirname(path))).toEqual([])
})
