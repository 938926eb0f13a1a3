import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { AuthError } from '../errors.ts'

/** So many times within so many seconds, for each key. */
export interface Limit<Key> {
  /**
   * Counts one more time.
   * @throws {AuthError} throttled, with the seconds to wait, when that is too often
   */
  consume(key: Key): Promise<void>
}

/** A limit whose count is kept by `limiter`. */
export function createLimit(limiter: RateLimiterAbstract): Limit<string> {
  return {
    async consume(key) {
      try {
        await limiter.consume(key)
      } catch (rejection) {
        throw toThrottled(rejection, limiter)
      }
    },
  }
}

/** What a limiter rejects with, in the terms of the table of errors; a failure of its store stays what it is. */
export function toThrottled(rejection: unknown, { keyPrefix, points }: RateLimiterAbstract): unknown {
  if (!(rejection instanceof RateLimiterRes)) return rejection
  const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000))
  return throttled({ name: keyPrefix, count: points }, seconds)
}

/** A refusal as Django REST framework words it (RFC 6585 section 4). */
export function throttled(limit: { name: string; count: number }, retryAfterSeconds: number): AuthError {
  const seconds = retryAfterSeconds === 1 ? 'second' : 'seconds'
  return new AuthError('throttled', {
    text: `Request was throttled. Expected available in ${retryAfterSeconds} ${seconds}.`,
    retryAfterSeconds,
    limit,
  })
}
