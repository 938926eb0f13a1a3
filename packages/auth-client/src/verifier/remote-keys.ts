import type { JWK } from 'jose'
import { withinLimit } from '../client/timeout.ts'
import { startElapsed } from '../elapsed.ts'
import { parseNumberOption } from '../number-option.ts'
import { findKey, importKeys, type VerifyingKey } from './key-set.ts'
import { TokenError } from './token-error.ts'

/** How a published key set is fetched and cached. */
export interface RemoteKeysOptions {
  /** The URL of the JWK Set, for example `https://accounts.example.com/.well-known/jwks.json`. */
  jwksUrl: string | URL
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /**
   * Age from which a key set is fetched again, in seconds. It stays in use while the request runs.
   * 0 to 31,536,000 (a year). Default: 600.
   */
  keysMaxAge?: number
  /**
   * How long a key set older than `keysMaxAge` stays in use while the issuer does not answer, in
   * seconds (`stale-if-error`, RFC 5861). After that tokens are refused with 503,
   * `keys_unavailable`. 0 to 31,536,000 (a year). Default: 86,400 (a day).
   */
  keysStaleIfError?: number
  /**
   * Shortest time between two requests for the key set, in seconds, for any unknown keys that
   * tokens name. 0 to 3,600. Default: 30.
   */
  keysCooldown?: number
}

/** Longest time for the issuer's answer, in milliseconds. */
const timeoutMs = 5000

/** Wait after a failure without a usable key set, in milliseconds. */
const firstRetryMs = 1000

interface Clock {
  now: () => Date
}

interface KeySet {
  keys: VerifyingKey[]
  ageMs: () => number
}

/**
 * Finds keys in a key set. It fetches the set at first use, when it is old, and when a token names
 * an unknown key, but never more often than `keysCooldown`: tokens with made-up names cannot cause
 * requests. An old set answers at once while its replacement is fetched. While the issuer is down,
 * the set stays in use for `keysStaleIfError`.
 * @throws {TypeError} for an option out of range
 */
export function createRemoteKeys(options: RemoteKeysOptions & Clock) {
  const { now } = options
  const { maxAgeMs, staleMs, cooldownMs } = parseTimes(options)
  let set: KeySet | undefined
  let sinceAskedMs = () => Infinity
  let asking: Promise<void> | undefined

  const usableSet = () => (set !== undefined && set.ageMs() <= maxAgeMs + staleMs ? set : undefined)

  async function ask(): Promise<void> {
    const elapsed = startElapsed(now)
    sinceAskedMs = elapsed
    set = { keys: await fetchKeys(options), ageMs: elapsed }
  }

  /**
   * Fetches the key set unless it was fetched a moment ago. Concurrent callers wait for the same
   * answer.
   */
  async function askInTime(): Promise<void> {
    if (asking !== undefined) return asking
    if (sinceAskedMs() < (usableSet() === undefined ? firstRetryMs : cooldownMs)) return
    asking = ask().finally(() => (asking = undefined))
    return asking
  }

  /** @throws {TokenError} keys_unavailable without a key set that is young enough */
  return async (header: { kid?: string; alg?: string }): Promise<VerifyingKey | undefined> => {
    const current = usableSet()
    const isKnown = current?.keys.some(({ kid }) => header.kid === undefined || kid === header.kid) === true
    const isFresh = current !== undefined && current.ageMs() < maxAgeMs
    const asked = isKnown && isFresh ? undefined : askInTime().catch((error: unknown) => error)
    if (isKnown) return findKey(current?.keys ?? [], header)
    const failure = await asked
    const found = usableSet()
    if (found === undefined) throw new TokenError('keys_unavailable', { cause: failure })
    return findKey(found.keys, header)
  }
}

/** In seconds. */
const yearSeconds = 31_536_000

function parseTimes({ keysMaxAge = 600, keysStaleIfError = 86_400, keysCooldown = 30 }: RemoteKeysOptions) {
  const parse = (name: string, seconds: number, max: number) =>
    parseNumberOption(name, seconds, { min: 0, max }) * 1000
  return {
    maxAgeMs: parse('keysMaxAge', keysMaxAge, yearSeconds),
    staleMs: parse('keysStaleIfError', keysStaleIfError, yearSeconds),
    cooldownMs: parse('keysCooldown', keysCooldown, 3600),
  }
}

/**
 * Fetches the key set from the configured URL alone, without redirects. It times out even if
 * `fetch` ignores its signal.
 */
async function fetchKeys({ jwksUrl, fetch = globalThis.fetch }: RemoteKeysOptions): Promise<VerifyingKey[]> {
  return withinLimit({ timeoutMs }, async (signal) => {
    const headers = { accept: 'application/json' }
    const response = await fetch(jwksUrl, { headers, redirect: 'manual', signal })
    if (response.status !== 200) throw new Error(`${String(jwksUrl)} answers ${response.status}.`)
    return importKeys(readJwks(await response.json()))
  })
}

function readJwks(body: unknown): JWK[] {
  if (typeof body !== 'object' || body === null || !('keys' in body) || !Array.isArray(body.keys)) {
    throw new Error('The answer is no JWK Set (RFC 7517 section 5).')
  }
  const keys: unknown[] = body.keys
  return keys.filter(isJwk)
}

function isJwk(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && 'kty' in value && typeof value.kty === 'string'
}
