import type { CryptoKey, JWK } from 'jose'
import { findAlgorithm, findKey, importKeys, publicAlgorithms, type VerifyingKey } from './key-set.ts'
import { createRemoteKeys, type RemoteKeysOptions } from './remote-keys.ts'

/** The source of the keys: exactly one of three. */
export type KeySource =
  | (RemoteKeysOptions & { secret?: never; publicKeys?: never })
  | {
      /**
       * The service's `SECRET_KEY`, under HS256; at least 32 bytes. Its holder can also sign:
       * prefer public keys.
       */
      secret: string | Uint8Array
      jwksUrl?: never
      publicKeys?: never
    }
  | {
      /** Public keys as JWKs (RFC 7517): EdDSA, ES256 or RS256. */
      publicKeys: JWK[]
      jwksUrl?: never
      secret?: never
    }

/** The keys of a verifier, each for its algorithm. */
export interface Keys {
  algorithms: string[]
  /** Returns the key that a token names; undefined when it is unknown or ambiguous. */
  find(header: { kid?: string; alg?: string }): Promise<CryptoKey | undefined>
}

/** RFC 7518 section 3.2: a key of HS256 is at least as long as its hash. */
const secretMinBytes = 32

/**
 * Creates the keys of a verifier.
 * @throws {TypeError} unless there is exactly one usable source: no secret under 32 bytes, only
 *   public keys
 */
export function createKeys(source: KeySource, now: () => Date): Keys {
  const given = [source.jwksUrl, source.secret, source.publicKeys].filter((one) => one !== undefined)
  if (given.length !== 1) throw new TypeError('Give one of jwksUrl, secret and publicKeys.')
  if (source.secret !== undefined) return createSecretKeys(source.secret)
  if (source.publicKeys !== undefined) return createFixedKeys(source.publicKeys)
  const jwksUrl = new URL(source.jwksUrl)
  const find = createRemoteKeys({ ...source, jwksUrl, now })
  return { algorithms: [...publicAlgorithms], find: async (header) => (await find(header))?.key }
}

/**
 * Creates keys of one secret, for any `kid`. The secret is imported once: raw bytes would be
 * imported for each token, at half the speed.
 */
function createSecretKeys(secret: string | Uint8Array): Keys {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : new Uint8Array(secret)
  if (bytes.byteLength < secretMinBytes) throw new TypeError('The secret must have at least 32 bytes.')
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  let key: Promise<CryptoKey> | undefined
  return {
    algorithms: ['HS256'],
    find: async () => (key ??= crypto.subtle.importKey('raw', bytes, hmac, false, ['verify'])),
  }
}

function createFixedKeys(jwks: JWK[]): Keys {
  if (jwks.length === 0 || jwks.some((jwk) => findAlgorithm(jwk) === undefined)) {
    throw new TypeError('publicKeys must be public JWKs for EdDSA (Ed25519), ES256 or RS256.')
  }
  let keys: Promise<VerifyingKey[]> | undefined
  return {
    algorithms: [...publicAlgorithms],
    find: async (header) => findKey(await (keys ??= importKeys(jwks)), header)?.key,
  }
}
