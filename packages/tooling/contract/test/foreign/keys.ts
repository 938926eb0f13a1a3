import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** What the service can sign with. */
export type Algorithm = 'HS256' | 'EdDSA' | 'ES256' | 'RS256'

/** A new key to sign with. */
export function generateKey(algorithm: Algorithm): KeyObject {
  switch (algorithm) {
    case 'HS256':
      return createSecretKey(randomBytes(32))
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  }
}

/** A private key as the setting `SIGNING_KEY` takes it. */
export function toPem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString()
}
