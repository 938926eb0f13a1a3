/** The part of a browser's window that tells of other tabs. Other runtimes have none of it. */
interface Page {
  navigator?: unknown
  addEventListener?: (type: 'storage', listener: (event: StorageChange) => void) => void
  removeEventListener?: (type: 'storage', listener: (event: StorageChange) => void) => void
}

interface StorageChange {
  /** `null` when the storage was cleared. */
  key: string | null
}

/**
 * Calls a listener when another tab changes an entry of a web storage, until the returned function
 * is called.
 */
export function onStorageChange(key: string, listener: () => void): () => void {
  const page: Page = globalThis
  const onChange = (event: StorageChange) => {
    if (event.key === key || event.key === null) listener()
  }
  page.addEventListener?.('storage', onChange)
  return () => page.removeEventListener?.('storage', onChange)
}
