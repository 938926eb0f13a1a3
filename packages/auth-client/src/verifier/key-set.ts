import { type CryptoKey, importJWK, type JWK } from 'jose'

/** A public key that verifies tokens of one algorithm and no other (RFC 8725 section 3.1). */
export interface VerifyingKey {
  kid: string | undefined
  alg: Algorithm
  key: CryptoKey
}

/** The service's algorithms for public keys. */
export const publicAlgorithms = ['EdDSA', 'ES256', 'RS256'] as const

type Algorithm = (typeof publicAlgorithms)[number]

/** RFC 7518 section 3.3: shorter keys must not be used. */
const rsaMinBits = 2048

/**
 * Imports the keys that can verify tokens. It skips every other key: secret, for encryption, of
 * another algorithm, or too short.
 */
export async function importKeys(jwks: JWK[]): Promise<VerifyingKey[]> {
  const keys = await Promise.all(jwks.map(importKey))
  return keys.filter((key) => key !== undefined)
}

/**
 * Returns the key that a token names. For a token without a name it returns the only key. A name
 * that two keys share matches neither.
 */
export function findKey(
  keys: VerifyingKey[],
  { kid, alg }: { kid?: string; alg?: string },
): VerifyingKey | undefined {
  const [key, ...others] = kid === undefined ? keys : keys.filter((key) => key.kid === kid)
  return others.length === 0 && key?.alg === alg ? key : undefined
}

async function importKey(jwk: JWK): Promise<VerifyingKey | undefined> {
  const alg = findAlgorithm(jwk)
  if (alg === undefined) return undefined
  try {
    const key = await importJWK({ ...jwk, alg }, alg)
    if (key instanceof Uint8Array || bitsOf(key) < rsaMinBits) return undefined
    return { kid: jwk.kid, alg, key }
  } catch {
    return undefined
  }
}

/** Returns the algorithm of a public key for signatures; undefined for any other key. */
export function findAlgorithm(jwk: JWK): Algorithm | undefined {
  return isPublic(jwk) && isForSignatures(jwk) ? algorithmOf(jwk) : undefined
}

/** Returns the one algorithm of a key: its kind decides, and its `alg`, if present, must agree. */
function algorithmOf({ kty, crv, alg }: JWK): Algorithm | undefined {
  const byKind: Record<string, Algorithm> = { 'OKP Ed25519': 'EdDSA', 'EC P-256': 'ES256', RSA: 'RS256' }
  const algorithm = byKind[kty === 'RSA' ? kty : `${kty} ${crv}`]
  return alg === undefined || alg === algorithm ? algorithm : undefined
}

/** Returns whether a key is public: a private one must not be published. */
function isPublic(jwk: JWK): boolean {
  return !('d' in jwk) && !('k' in jwk)
}

function isForSignatures({ use, key_ops: operations }: JWK): boolean {
  return (use ?? 'sig') === 'sig' && (operations?.includes('verify') ?? true)
}

function bitsOf({ algorithm }: CryptoKey): number {
  return 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : Infinity
}
