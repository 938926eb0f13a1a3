import { type JsonWebKey, type KeyObject, webcrypto } from 'node:crypto'
import type { AuthSettings } from '../settings/settings.ts'
import { type AsymmetricAlgorithm, type AsymmetricKey, toPublicJwk, toPublicKey } from '../keys/keys.ts'

/** The keys that tokens are signed and verified with, each bound to one algorithm. */
export interface KeyRing {
  /** The header of the tokens that are signed, and the key for it. HS256 tokens bear no `kid`. */
  signing: { header: { alg: string; typ: 'JWT'; kid?: string }; key: webcrypto.CryptoKey }
  /** Every algorithm that a token may bear. */
  algorithms: string[]
  /**
   * The key for a token with this header: the one that its `kid` names, if that is for its `alg`.
   */
  find(header: { alg?: string; kid?: string }): webcrypto.CryptoKey | undefined
  /** The public keys (RFC 7517 section 5), the signing one first. */
  jwks: { keys: JsonWebKey[] }
}

/** The settings of keys. */
export type KeyRingSettings = Pick<AuthSettings, 'secretKey' | 'signingKey' | 'verifyingKeys'>

/**
 * Imports the keys of the settings, once: to import one for every token would halve the speed.
 * `SECRET_KEY` verifies HS256 also beside a signing key, so that what was signed before that came
 * is good for its time.
 */
export async function createKeyRing(settings: KeyRingSettings): Promise<KeyRing> {
  const { secretKey, signingKey, verifyingKeys } = settings
  const secret = secretKey === undefined ? undefined : await importSecret(secretKey)
  const known = signingKey === undefined ? verifyingKeys : [signingKey, ...verifyingKeys]
  const published = known.filter(({ kid }, index) => known.findIndex((other) => other.kid === kid) === index)
  const verifying = new Map(
    published.map(({ kid, algorithm, key }) => [kid, { algorithm, key: toVerifying(algorithm, key) }]),
  )
  return {
    signing: createSigning(signingKey, secret),
    algorithms: [...(secret === undefined ? [] : ['HS256']), ...published.map(({ algorithm }) => algorithm)],
    find({ alg, kid }) {
      if (alg === 'HS256') return secret
      const found = kid === undefined ? undefined : verifying.get(kid)
      return found?.algorithm === alg ? found?.key : undefined
    },
    jwks: { keys: published.map(toPublicJwk) },
  }
}

function createSigning(
  signingKey: AsymmetricKey | undefined,
  secret: webcrypto.CryptoKey | undefined,
): KeyRing['signing'] {
  if (signingKey !== undefined) {
    const { algorithm, kid, key } = signingKey
    return {
      header: { alg: algorithm, typ: 'JWT', kid },
      key: key.toCryptoKey(webCryptoNames[algorithm], false, ['sign']),
    }
  }
  if (secret === undefined) throw new TypeError('neither a secret key nor a signing key')
  return { header: { alg: 'HS256', typ: 'JWT' }, key: secret }
}

function importSecret(secretKey: string): Promise<webcrypto.CryptoKey> {
  const bytes = new TextEncoder().encode(secretKey)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  return webcrypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify'])
}

function toVerifying(algorithm: AsymmetricAlgorithm, key: KeyObject): webcrypto.CryptoKey {
  return toPublicKey(key).toCryptoKey(webCryptoNames[algorithm], true, ['verify'])
}

const webCryptoNames = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const satisfies Record<AsymmetricAlgorithm, object>
