import type { LoginChange } from '../db/login-counts.ts'
import type { UserToAuthenticate } from '../db/users.ts'
import type { DeviceToken } from './device-tokens.ts'

/** A change of one count. */
export interface CountChange {
  key: string
  /** Added to the count, which never falls below 0. 0 reads it, `forget` sets it to 0. */
  by: number
  /** How long a count lasts that begins with this change, in seconds. */
  windowSeconds: number
}

/**
 * A count after a change. One that is 0 or whose window is over begins anew with the next change.
 */
export interface Count {
  value: number
  /** When it is forgotten, in milliseconds from now. */
  endsInMs: number
}

/** A login to count, and whose user to find. */
interface LoginToCount {
  changes: readonly LoginChange[]
  email: string
  token: DeviceToken | undefined
}

/** What counting a login found out. */
interface LoginCounts {
  /** In the order of the changes; 0 for one that was not made. */
  counts: Count[]
  user: UserToAuthenticate | undefined
  isKnownDevice: boolean
}

/** Where rate limits keep their counts. */
export interface CountStore {
  /**
   * Makes changes, each of another key, in one round trip, and answers the counts in the same
   * order. Each change is atomic: of several at once, each sees the ones before.
   */
  change(changes: readonly CountChange[]): Promise<Count[]>
  /**
   * Counts a login and finds its user, in one round trip. Only a store beside the users has it.
   * `undefined`: nothing was counted, for the store fails or the users lie on other servers.
   */
  changeAndFindUser?: (login: LoginToCount) => Promise<LoginCounts | undefined>
}

/** Added to a count, it leaves 0. */
export const forget = -1_000_000_000

/** Counts in the memory of this process. */
export interface MemoryStoreOptions {
  /** A clock in milliseconds that never goes back. Default: that of the process. */
  now?: () => number
  /** Most counts that are kept, the newest. Default: 100,000. */
  maxCounts?: number
}

/** How often counts that are over are removed from memory, in milliseconds. */
const sweepIntervalMs = 60_000

/** Keeps counts in memory, without a timer: a window may be as long as it likes. */
export function createMemoryStore(options: MemoryStoreOptions = {}): CountStore {
  const { now = () => performance.now(), maxCounts = 100_000 } = options
  const counts = new Map<string, { value: number; endsAtMs: number }>()
  let sweptAtMs = now()

  function changeOne({ key, by, windowSeconds }: CountChange, nowMs: number): Count {
    const found = counts.get(key)
    const isLive = found !== undefined && found.endsAtMs > nowMs
    const endsAtMs = isLive ? found.endsAtMs : nowMs + windowSeconds * 1000
    const value = Math.max(0, (isLive ? found.value : 0) + by)
    if (value === 0) counts.delete(key)
    else counts.set(key, { value, endsAtMs })
    return { value, endsInMs: value === 0 ? 0 : endsAtMs - nowMs }
  }

  function sweep(nowMs: number): void {
    sweptAtMs = nowMs
    for (const [key, { endsAtMs }] of counts) if (endsAtMs <= nowMs) counts.delete(key)
  }

  return {
    async change(changes) {
      const nowMs = now()
      if (nowMs - sweptAtMs >= sweepIntervalMs) sweep(nowMs)
      const changed = changes.map((change) => changeOne(change, nowMs))
      for (const key of counts.keys()) {
        if (counts.size <= maxCounts) break
        counts.delete(key)
      }
      return changed
    },
  }
}
