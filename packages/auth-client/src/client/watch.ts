import type { StoredTokens } from '../stores/store.ts'
import { isSameSession } from './tokens.ts'

/** Follows the tokens of a client, and tells when its session starts, changes or ends. */
export interface Watch {
  /**
   * Takes the tokens that were read or written last, and returns them. The first ones that are read
   * change nothing; those of a login do.
   */
  (tokens: StoredTokens | undefined, isLogin?: boolean): StoredTokens | undefined
  /** Reports no end of a session while `act` runs. */
  hold(act: () => Promise<void>): Promise<void>
  /** Calls `listener` at each change, until the returned function is called. */
  subscribe(listener: () => void): () => void
}

/**
 * Creates a watch. It calls `onLoggedOut` once when the tokens disappear, removed by this client,
 * another tab or another process.
 */
export function createWatch(onLoggedOut: (() => void) | undefined): Watch {
  const listeners = new Set<() => void>()
  let last: { tokens: StoredTokens | undefined } | undefined
  let holds = 0

  function watch(tokens: StoredTokens | undefined, isLogin = false) {
    if (holds > 0 && tokens === undefined) return tokens
    const before = last?.tokens
    const isChange = (isLogin || last !== undefined) && !isSame(before, tokens)
    last = { tokens }
    if (before !== undefined && tokens === undefined) onLoggedOut?.()
    if (isChange) for (const listener of listeners) listener()
    return tokens
  }

  async function hold(act: () => Promise<void>) {
    holds += 1
    await act().finally(() => (holds -= 1))
  }

  function subscribe(listener: () => void) {
    const added = () => listener()
    listeners.add(added)
    return () => void listeners.delete(added)
  }

  return Object.assign(watch, { hold, subscribe })
}

function isSame(one: StoredTokens | undefined, other: StoredTokens | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && isSameSession(one, other))
}
