import { createHmac, type KeyObject, sign as signBytes } from 'node:crypto'

/**
 * Signs a token by hand (RFC 7515 section 5.1), also where its header disagrees, with the kind of
 * signature that the key is for.
 */
export function sign(header: Record<string, unknown>, claims: object, key: KeyObject): string {
  const content = `${encode(header)}.${encode(claims)}`
  return `${content}.${signatureOf(content, `sha${String(header['alg']).slice(2)}`, key).toString('base64url')}`
}

/** A part of a token. */
export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function signatureOf(content: string, hash: string, key: KeyObject): Buffer {
  if (key.type === 'secret') return createHmac(hash, key).update(content).digest()
  const digest = key.asymmetricKeyType === 'ed25519' ? null : hash
  return signBytes(digest, Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' })
}
