import type { JWK } from 'jose'
import { findKey, importKeys, type VerifyingKey } from './key-set.ts'
import { TokenError } from './token-error.ts'

/** How a published key set is fetched and kept. */
export interface RemoteKeysOptions {
  /** Where the JWK Set is, for example `https://accounts.example.com/.well-known/jwks.json`. */
  jwksUrl: string | URL
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /** How long the key set is used before it is asked for again, in seconds. Default: 600. */
  keysMaxAge?: number
  /** How long to wait, at least, between two requests for the key set, in seconds, whatever keys tokens name. Default: 30. */
  keysCooldown?: number
}

/** How long the issuer may take, in milliseconds. */
const timeoutMs = 5000

/** How long to wait after a failure while there is no key set at all, in milliseconds. */
const firstRetryMs = 1000

interface Clock {
  now: () => Date
}

/**
 * Finds keys in a key set that is fetched when it is first needed, again when it is old, and again when a token names a key that it
 * lacks, but never more often than `keysCooldown` says: tokens with made-up names cannot make us ask. While the issuer is down, the
 * set that is there goes on.
 */
export function createRemoteKeys(options: RemoteKeysOptions & Clock) {
  const { now, keysMaxAge = 600, keysCooldown = 30 } = options
  let keys: VerifyingKey[] | undefined
  let fetchedAtMs = 0
  let askedAtMs = -Infinity
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    askedAtMs = now().getTime()
    keys = await fetchKeys(options)
    fetchedAtMs = askedAtMs
  }

  /** Asks unless it was asked a moment ago; those who come meanwhile wait for the same answer. */
  async function askInTime(): Promise<void> {
    if (asking !== undefined) return asking
    const pauseMs = keys === undefined ? firstRetryMs : keysCooldown * 1000
    if (now().getTime() - askedAtMs < pauseMs) return
    asking = ask().finally(() => (asking = undefined))
    return asking
  }

  const isOld = () => keys === undefined || now().getTime() - fetchedAtMs >= keysMaxAge * 1000

  /** @throws {TokenError} keys_unavailable while there has never been a key set */
  return async (header: { kid?: string; alg?: string }): Promise<VerifyingKey | undefined> => {
    const isUnknown = () => !keys?.some(({ kid }) => header.kid === undefined || kid === header.kid)
    if (isOld() || isUnknown()) {
      const failure: unknown = await askInTime().then(
        () => undefined,
        (error: unknown) => error,
      )
      if (keys === undefined) throw new TokenError('keys_unavailable', { cause: failure })
    }
    return findKey(keys ?? [], header)
  }
}

/** Takes no redirect: keys come from the address that was configured. */
async function fetchKeys({ jwksUrl, fetch = globalThis.fetch }: RemoteKeysOptions): Promise<VerifyingKey[]> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), timeoutMs)
  try {
    const response = await fetch(jwksUrl, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: giveUp.signal,
    })
    if (response.status !== 200) throw new Error(`${String(jwksUrl)} answers ${response.status}.`)
    return await importKeys(readJwks(await response.json()))
  } finally {
    clearTimeout(timer)
  }
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
