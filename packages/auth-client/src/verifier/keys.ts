import type { CryptoKey, JWK } from 'jose'
import { findAlgorithm, findKey, importKeys, publicAlgorithms, type VerifyingKey } from './key-set.ts'
import { createRemoteKeys, type RemoteKeysOptions } from './remote-keys.ts'

/** Where the keys come from: exactly one of three places. */
export type KeySource =
  | (RemoteKeysOptions & { secret?: never; publicKeys?: never })
  | {
      /**
       * The service's `SECRET_KEY`, under HS256; at least 32 bytes. Whoever has it can also sign:
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

/** Keys for tokens of the algorithms that they are for. */
export interface Keys {
  algorithms: string[]
  /** The key that a token names; undefined when it is unknown or not the only one of this name. */
  find(header: { kid?: string; alg?: string }): Promise<CryptoKey | undefined>
}

/** RFC 7518 section 3.2: a key of HS256 has at least the size of its hash. */
const secretMinBytes = 32

/**
 * Makes the keys of a verifier.
 * @throws {TypeError} when there is not exactly one source, or it cannot be used: a secret under 32
 *   bytes, keys that are no public ones
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
 * One key, to which a `kid` says nothing. It is imported once: raw bytes would be imported for each
 * token, at half the speed.
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
