import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'

/**
 * The signature algorithms of key pairs (RFC 7518 section 3.1, RFC 8037 section 3.1).
 * @example asymmetricAlgorithms.includes('EdDSA') // true
 */
export const asymmetricAlgorithms = ['EdDSA', 'ES256', 'RS256'] as const

/** One of `asymmetricAlgorithms`. */
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number]

/**
 * A private or a public key and the one algorithm that it may be used with (RFC 8725 section 3.1).
 */
export interface AsymmetricKey {
  /** The key's own `kid`, or else its thumbprint (RFC 7638). */
  kid: string
  algorithm: AsymmetricAlgorithm
  key: KeyObject
}

const kinds = 'Ed25519 (EdDSA), P-256 (ES256) or RSA of at least 2048 bits (RS256)'

const jwk = z.looseObject({
  kty: z.string(),
  kid: z.string().min(1).max(256).optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
  d: z.string().exactOptional(),
})

type Jwk = z.output<typeof jwk>

/**
 * Parses a private key: a JWK (RFC 7517) or PEM (PKCS #8), whose line breaks may be written as ` `.
 * @throws {TypeError} whose message follows the name of the setting and never quotes the key
 */
export function parsePrivateKey(text: string): AsymmetricKey {
  const json = parseJson(text)
  if (json === undefined) return toAsymmetricKey(readPem(text, 'PRIVATE KEY', createPrivateKey))
  const parsed = jwk.safeParse(json).data
  if (parsed?.d === undefined) throw new TypeError('must be a private key: a JWK with "d", or PEM')
  return fromJwk(parsed, createPrivateKey)
}

/**
 * Parses public keys: a JWK Set (RFC 7517 section 5), a list of JWKs, one JWK, or consecutive PEMs
 * (SPKI).
 * @throws {TypeError} whose message follows the name of the setting; also for a private or secret
 *   key, since these keys are published
 */
export function parsePublicKeys(text: string): AsymmetricKey[] {
  const keys = readPublicKeys(text)
  for (const { kid, key } of keys) {
    const isTaken = keys.some((other) => other.kid === kid && !other.key.equals(key))
    if (isTaken) throw new TypeError(`must not have two keys with the kid ${JSON.stringify(kid)}`)
  }
  return keys
}

/**
 * Returns the public part of a key as a JWK Set shows it (RFC 7517 section 4), never a private one.
 * @example const jwks = { keys: settings.verifyingKeys.map(toPublicJwk) }
 */
export function toPublicJwk({ kid, algorithm, key }: AsymmetricKey): JsonWebKey & { kid: string } {
  return { ...exportPublic(key), kid, alg: algorithm, use: 'sig' }
}

/**
 * Returns a private key as `SIGNING_KEY` takes it. Its holder can log in as any user.
 * @example process.stdout.write(JSON.stringify(toPrivateJwk(generateKey('EdDSA'))))
 */
export function toPrivateJwk({ kid, algorithm, key }: AsymmetricKey): JsonWebKey & { kid: string } {
  return { ...key.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }
}

/** Returns the public part of a key, to verify with. */
export function toPublicKey(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key
}

function readPublicKeys(text: string): AsymmetricKey[] {
  const json = parseJson(text)
  if (json === undefined) {
    const pems = text.replaceAll('\\n', '\n').match(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g) ?? ['']
    return pems.map((pem) => toAsymmetricKey(readPem(pem, 'PUBLIC KEY', createPublicKey)))
  }
  const set = z.object({ keys: z.array(jwk) }).transform(({ keys }) => keys)
  const { data } = z.union([set, z.array(jwk), jwk.transform((one) => [one])]).safeParse(json)
  if (data === undefined) throw new TypeError('must be a JWK Set, a list of JWKs, or PEM')
  return data.map((one) => {
    const isSecret = one.d !== undefined || one.kty === 'oct'
    if (isSecret)
      throw new TypeError('holds a secret; give public keys alone: pnpm auth keys list prints them')
    return fromJwk(one, createPublicKey)
  })
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError('begins like JSON and is none')
  }
}

function readPem(text: string, label: string, create: (pem: string) => KeyObject): KeyObject {
  const pem = text.replaceAll('\\n', '\n').trim()
  if (!pem.startsWith(`-----BEGIN ${label}-----`)) {
    throw new TypeError(`must be a JWK, or PEM that begins with -----BEGIN ${label}-----`)
  }
  try {
    return create(pem)
  } catch (cause) {
    throw new TypeError('is PEM that cannot be read', { cause })
  }
}

function fromJwk(from: Jwk, create: (input: { key: JsonWebKey; format: 'jwk' }) => KeyObject): AsymmetricKey {
  const { kid, alg, use = 'sig', ...key } = from
  if (use !== 'sig') throw new TypeError(`has a key for ${JSON.stringify(use)}; it must be for signatures`)
  const read = toAsymmetricKey(readJwk(key, create))
  if (alg !== undefined && alg !== read.algorithm) {
    throw new TypeError(
      `has a key whose "alg" is ${JSON.stringify(alg)}; its kind signs with ${read.algorithm}`,
    )
  }
  return { ...read, kid: kid ?? read.kid }
}

function readJwk(
  key: JsonWebKey,
  create: (input: { key: JsonWebKey; format: 'jwk' }) => KeyObject,
): KeyObject {
  try {
    return create({ key, format: 'jwk' })
  } catch (cause) {
    throw new TypeError(`has a JWK that cannot be read; it must be ${kinds}`, { cause })
  }
}

/**
 * Binds a key to the algorithm of its kind.
 * @throws {TypeError} for a key of another kind, or an RSA key that is too short
 */
export function toAsymmetricKey(key: KeyObject): AsymmetricKey {
  const algorithm = algorithmOf(key)
  if (algorithm === undefined) throw new TypeError(`has a key of another kind; it must be ${kinds}`)
  return { kid: thumbprint(key), algorithm, key }
}

function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails = {},
}: KeyObject): AsymmetricAlgorithm | undefined {
  const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails
  if (asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ES256'
  if (asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS256'
  return undefined
}

function exportPublic(key: KeyObject): JsonWebKey {
  return toPublicKey(key).export({ format: 'jwk' })
}

/**
 * Returns the thumbprint (RFC 7638 section 3): SHA-256 over the members that every key of its kind
 * has, sorted by name.
 */
function thumbprint(key: KeyObject): string {
  const members = Object.entries(exportPublic(key)).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}
