import { createTextStore } from './text-store.ts'
import type { StorageLike } from './storage-like.ts'
import type { TokenStore } from './store.ts'
import { onStorageChange } from './storage-events.ts'
import { createTabSection } from './web-locks.ts'

export { createSplitStorage, type SplitStorageOptions } from './split-storage.ts'
export type { StorageLike }

/** The options of a storage store. */
export interface StorageStoreOptions {
  /** Default: `pockitflyer.session`. */
  key?: string
  /**
   * Called when the tokens could not be written: the storage is full, or denied to this page. The
   * store keeps them in memory and writes them as soon as it can; they are lost if the page ends
   * before.
   */
  onWriteError?: ((error: unknown) => void) | undefined
}

/**
 * Creates a store in a storage of your choice: `localStorage`, `sessionStorage`, React Native's
 * AsyncStorage. Pass `() => localStorage` where a page may be denied its storage (a sandboxed
 * frame, blocked cookies): the name alone throws there, and the store keeps the tokens in memory.
 * Tabs that share a storage refresh once where the browser has Web Locks. Any script of the page
 * can read `localStorage`: with a server of your own, prefer HttpOnly cookies.
 * @example
 * const store = createStorageStore(() => localStorage)
 * const client = createAuthClient({ url, store })
 */
export function createStorageStore(
  storage: StorageLike | (() => StorageLike),
  options: StorageStoreOptions = {},
): TokenStore {
  const { key = 'pockitflyer.session', onWriteError } = options
  const opened = openStorage(storage)
  return {
    ...createTextStore({
      place: {
        read: async () => opened.getItem(key),
        write: async (text) => {
          await (text === undefined ? opened.removeItem(key) : opened.setItem(key, text))
        },
      },
      oneUpdate: createTabSection(`${key}.update`),
      exclusive: createTabSection(`${key}.renewal`),
      onWriteError,
    }),
    deviceToken: {
      load: async () => (await opened.getItem(`${key}.device`)) ?? undefined,
      save: async (token) => opened.setItem(`${key}.device`, token),
    },
    subscribe: (listener) => onStorageChange(key, listener),
  }
}

function openStorage(storage: StorageLike | (() => StorageLike)): StorageLike {
  if (typeof storage !== 'function') return storage
  try {
    return storage()
  } catch (error) {
    return createDeniedStorage(error)
  }
}

/** Returns a storage that is empty and accepts nothing. */
function createDeniedStorage(cause: unknown): StorageLike {
  const deny = () => {
    throw cause instanceof Error ? cause : new Error('There is no storage.', { cause })
  }
  return { getItem: () => null, setItem: deny, removeItem: () => {} }
}
