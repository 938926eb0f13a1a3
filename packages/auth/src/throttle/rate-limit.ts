import { detailTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import type { Rate } from '../settings/limits.ts'
import { AuthError } from '../errors.ts'
import { toAddressKeys } from './address-key.ts'
import type { CountStore } from './stores.ts'

/** So many times within so many seconds, for each key. */
export interface RateLimit<Key> {
  /**
   * Counts one more time.
   * @throws {AuthError} throttled, with the seconds to wait, when that is too often
   */
  consume(key: Key): Promise<void>
}

/** Makes a limit whose counts stand under `name`. */
export function createRateLimit(store: CountStore, name: string, rate: Rate): RateLimit<string> {
  return { consume: async (key) => consume(store, { name, rate }, [{ key, factor: 1 }]) }
}

/** Makes a limit for each address and, of IPv6, for the networks that it is in. */
export function createAddressLimit(store: CountStore, name: string, rate: Rate): RateLimit<string | null> {
  return { consume: async (ip) => consume(store, { name, rate }, toAddressKeys(ip)) }
}

async function consume(
  store: CountStore,
  { name, rate }: { name: string; rate: Rate },
  keys: readonly { key: string; factor: number }[],
): Promise<void> {
  const changes = keys.map(({ key }) => ({ key: `${name}:${key}`, by: 1, windowSeconds: rate.seconds }))
  const counts = await store.change(changes)
  const waits = keys.flatMap(({ factor }, index) => {
    const { value, endsInMs } = counts[index] ?? { value: 0, endsInMs: 0 }
    return value > rate.count * factor ? [endsInMs] : []
  })
  if (waits.length === 0) return
  throw throttled({ name, count: rate.count }, Math.max(1, Math.ceil(Math.max(...waits) / 1000)))
}

/** A refusal as Django REST framework words it (RFC 6585 section 4). */
export function throttled(limit: { name: string; count: number }, retryAfterSeconds: number): AuthError {
  const text = retryAfterSeconds === 1 ? detailTexts.throttledForOne : detailTexts.throttledFor
  return new AuthError('throttled', {
    text: fillText(text, { count: retryAfterSeconds }),
    retryAfterSeconds,
    limit,
  })
}
