import { type CryptoKey, importJWK, type JWK } from 'jose'

/** A public key that verifies tokens of one algorithm and no other (RFC 8725 section 3.1). */
export interface VerifyingKey {
  kid: string | undefined
  alg: Algorithm
  key: CryptoKey
}

/** The algorithms of public keys that the service signs with. */
export const publicAlgorithms = ['EdDSA', 'ES256', 'RS256'] as const

type Algorithm = (typeof publicAlgorithms)[number]

/** RFC 7518 section 3.3: shorter ones must not be used. */
const rsaMinBits = 2048

/**
 * Imports the keys that can verify tokens; any other (secret, for encryption, of another algorithm,
 * too short) is left out.
 */
export async function importKeys(jwks: JWK[]): Promise<VerifyingKey[]> {
  const keys = await Promise.all(jwks.map(importKey))
  return keys.filter((key) => key !== undefined)
}

/**
 * The key that a token names. A token that names none is accepted where there is only one key; a
 * name that two keys bear counts for neither.
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

/** The algorithm of a public key for signatures; undefined for any other key. */
export function findAlgorithm(jwk: JWK): Algorithm | undefined {
  return isPublic(jwk) && isForSignatures(jwk) ? algorithmOf(jwk) : undefined
}

/**
 * The one algorithm that a key is for: its kind decides, and its `alg`, where it has one, must
 * agree.
 */
function algorithmOf({ kty, crv, alg }: JWK): Algorithm | undefined {
  const byKind: Record<string, Algorithm> = { 'OKP Ed25519': 'EdDSA', 'EC P-256': 'ES256', RSA: 'RS256' }
  const algorithm = byKind[kty === 'RSA' ? kty : `${kty} ${crv}`]
  return alg === undefined || alg === algorithm ? algorithm : undefined
}

/** A private key has no place where keys are published. */
function isPublic(jwk: JWK): boolean {
  return !('d' in jwk) && !('k' in jwk)
}

function isForSignatures({ use, key_ops: operations }: JWK): boolean {
  return (use ?? 'sig') === 'sig' && (operations?.includes('verify') ?? true)
}

function bitsOf({ algorithm }: CryptoKey): number {
  return 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : Infinity
}
