import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type AsymmetricAlgorithm, type AsymmetricKey, toAsymmetricKey } from './keys.ts'

/**
 * Generates a private key. RSA keys have 3072 bits (NIST SP 800-57 part 1, table 4: good beyond
 * 2030).
 * @example const key = generateKey('EdDSA')
 */
export function generateKey(algorithm: AsymmetricAlgorithm): AsymmetricKey {
  return toAsymmetricKey(generators[algorithm]())
}

const generators: Record<AsymmetricAlgorithm, () => KeyObject> = {
  EdDSA: () => generateKeyPairSync('ed25519').privateKey,
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
}
