import { createQueue } from './queue.ts'
import type { StoredTokens, TokenStore } from './store.ts'

/**
 * Creates a store in memory: its tokens are gone with the page or the process.
 * @example const client = createAuthClient({ url, store: createMemoryStore() })
 */
export function createMemoryStore(): TokenStore {
  let tokens: StoredTokens | undefined
  let deviceToken: string | undefined
  return {
    load: () => tokens,
    update: (change) => (tokens = change(tokens)),
    exclusive: createQueue(),
    deviceToken: { load: () => deviceToken, save: (token) => (deviceToken = token) },
  }
}

/** Creates a store that only reads an access token of its caller. */
export function createBorrowedToken(accessToken: string | (() => string | undefined)): TokenStore {
  const load = () => {
    const access = typeof accessToken === 'function' ? accessToken() : accessToken
    return access === undefined ? undefined : { access, receivedAtMs: 0 }
  }
  return { load, update: load }
}
