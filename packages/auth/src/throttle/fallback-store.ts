import type { Count, CountChange, CountStore } from './stores.ts'

/** Called when the store of the counts fails, and when it works again: once each. */
export interface StoreObserver {
  storeFailed?: ((error: unknown) => void) | undefined
  storeRecovered?: (() => void) | undefined
}

interface FallbackOptions extends StoreObserver {
  fallback: CountStore
  /** How long an answer may take, in milliseconds. Default: as long as the store likes. */
  timeoutMs?: number | undefined
  /** How often a store that failed is tried again, in milliseconds. Default: 1000. */
  retryMs?: number
}

/** A replica, or a store without memory, still reads: only a write shows that it works again. */
const probe: CountChange = { key: 'probe', by: 1, windowSeconds: 1 }

/**
 * A store that counts in `fallback` while another fails or is silent. One call meets the failure;
 * those that follow do not wait for it. Meanwhile a change is also sent to the store that failed,
 * one at a time: when that is answered, the store is in use again.
 */
export function withFallback(store: CountStore, options: FallbackOptions): CountStore {
  const { fallback, timeoutMs, retryMs = 1000, storeFailed, storeRecovered } = options
  let isDown = false
  let isTrying = false
  let triedAtMs = 0

  async function tryAgain(changes: readonly CountChange[]): Promise<void> {
    if (isTrying || performance.now() - triedAtMs < retryMs) return
    isTrying = true
    try {
      await store.change([...changes, probe])
      isDown = false
      storeRecovered?.()
    } catch {
      // Still down: the operator knows.
    } finally {
      isTrying = false
      triedAtMs = performance.now()
    }
  }

  function noteFailure(error: unknown): void {
    if (isDown) return
    isDown = true
    triedAtMs = performance.now()
    storeFailed?.(error)
  }

  /** A caller that gets `undefined` counts by `change`, which tries the store again. */
  function unlessDown<Argument, Result>(call: (argument: Argument) => Promise<Result>) {
    return async (argument: Argument): Promise<Result | undefined> => {
      if (isDown) return undefined
      try {
        return await call(argument)
      } catch (error) {
        noteFailure(error)
        return undefined
      }
    }
  }

  return {
    async change(changes) {
      if (isDown) {
        void tryAgain(changes)
        return fallback.change(changes)
      }
      try {
        return await within(timeoutMs, store.change(changes))
      } catch (error) {
        noteFailure(error)
        return fallback.change(changes)
      }
    },
    ...(store.changeAndFindUser && { changeAndFindUser: unlessDown(store.changeAndFindUser) }),
  }
}

/** @throws {Error} when there is no answer in time */
async function within(timeoutMs: number | undefined, answer: Promise<Count[]>): Promise<Count[]> {
  if (timeoutMs === undefined) return answer
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  try {
    return await Promise.race([answer, promise])
  } finally {
    clearTimeout(timer)
  }
}
