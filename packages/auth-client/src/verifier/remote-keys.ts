import type { JWK } from 'jose'
import { withinLimit } from '../client/timeout.ts'
import { startElapsed } from '../elapsed.ts'
import { parseNumberOption } from '../number-option.ts'
import { findKey, importKeys, type VerifyingKey } from './key-set.ts'
import { TokenError } from './token-error.ts'

/** How a published key set is fetched and kept. */
export interface RemoteKeysOptions {
  /** Where the JWK Set is, for example `https://accounts.example.com/.well-known/jwks.json`. */
  jwksUrl: string | URL
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /**
   * How long a key set is used before it is asked for again, in seconds. From then on it still
   * answers at once, and the request runs beside. 0 to 31,536,000 (a year). Default: 600.
   */
  keysMaxAge?: number
  /**
   * How long a key set that is older than `keysMaxAge` is used while the issuer stays away, in
   * seconds (`stale-if-error`, RFC 5861). Then tokens are refused with 503, `keys_unavailable`. 0
   * to 31,536,000 (a year). Default: 86,400 (a day).
   */
  keysStaleIfError?: number
  /**
   * How long to wait, at least, between two requests for the key set, in seconds, for any keys
   * tokens name. 0 to 3,600. Default: 30.
   */
  keysCooldown?: number
}

/** How long the issuer may take, in milliseconds. */
const timeoutMs = 5000

/** How long to wait after a failure while there is no key set that may be used, in milliseconds. */
const firstRetryMs = 1000

interface Clock {
  now: () => Date
}

interface KeySet {
  keys: VerifyingKey[]
  ageMs: () => number
}

/**
 * Finds keys in a key set that is fetched when it is first needed, again when it is old, and again
 * when a token names a key that it lacks, but never more often than `keysCooldown` says: tokens
 * with made-up names cannot make us ask. An old set answers at once, and what it is replaced by
 * comes beside. While the issuer is down, the set goes on for `keysStaleIfError`.
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

  /** Asks unless it was asked a moment ago; those who come meanwhile wait for the same answer. */
  async function askInTime(): Promise<void> {
    if (asking !== undefined) return asking
    if (sinceAskedMs() < (usableSet() === undefined ? firstRetryMs : cooldownMs)) return
    asking = ask().finally(() => (asking = undefined))
    return asking
  }

  /**
   * @throws {TokenError} keys_unavailable while there is no key set, or none that is young enough
   */
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
 * Takes no redirect: keys come from the address that was configured. Gives up in time, also where
 * `fetch` does not heed its signal.
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
