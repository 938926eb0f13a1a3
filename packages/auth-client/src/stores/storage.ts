import { createQueue } from './queue.ts'
import { type Change, readTokens, type TokenStore, writeTokens } from './store.ts'

/** The part of the Web Storage API that is needed; its answers may be promises. */
export interface StorageLike {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

/** How tokens stand in a storage. */
export interface StorageStoreOptions {
  /** Default: `pockitflyer.session`. */
  key?: string
}

/**
 * Keeps tokens in a storage of your choice: `localStorage`, `sessionStorage`, React Native's AsyncStorage. Tabs that share one renew
 * once where the browser has Web Locks. Any script of the page can read `localStorage`: where you have a server, HttpOnly cookies are
 * the better place.
 */
export function createStorageStore(storage: StorageLike, options: StorageStoreOptions = {}): TokenStore {
  const { key = 'pockitflyer.session' } = options
  const load = async () => readTokens(await storage.getItem(key))

  async function update(change: Change) {
    const current = await load()
    const tokens = change(current)
    if (tokens === current) return tokens
    await (tokens === undefined ? storage.removeItem(key) : storage.setItem(key, writeTokens(tokens)))
    return tokens
  }

  const oneUpdate = createSection(`${key}.update`)
  return {
    load,
    update: async (change) => oneUpdate(() => update(change)),
    exclusive: createSection(`${key}.renewal`),
  }
}

/** A section that one tab enters at a time, by Web Locks; where there are none, one caller in this page. */
function createSection(name: string): <Result>(section: () => Promise<Result>) => Promise<Result> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return createQueue()
  return async (section) => locks.request(name, section)
}
