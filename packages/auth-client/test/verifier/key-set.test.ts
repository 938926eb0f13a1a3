import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { findKey, importKeys } from '../../src/verifier/key-set.ts'
import { makeKey, openIssuer, signWith } from './issuer.ts'

/** Which published keys count, and for what. */

const good = await makeKey('EdDSA', 'good')
const [p384, rsa] = await Promise.all([makeKey('ES384'), makeKey('RS256')])

async function codeOf(verification: Promise<unknown>): Promise<string | undefined> {
  return verification.then(
    () => undefined,
    (error: unknown) => (error instanceof TokenError ? error.code : String(error)),
  )
}

/** The modulus of a key of so many bits, which a service may publish. */
const modulus = (bits: number) => Buffer.alloc(bits / 8, 0xff).toString('base64url')

const broken: [string, JWK][] = [
  ['RSA of 1,024 bits', { ...rsa.jwk, n: modulus(1024) }],
  ['RSA of 2,040 bits', { ...rsa.jwk, n: modulus(2040) }],
  ['points that are none', { ...good.jwk, x: 'AA' }],
]

const foreign: [string, JWK][] = [
  ['RSA for PS256', { ...rsa.jwk, alg: 'PS256' }],
  ['a curve that we do not use', p384.jwk],
  ['encryption', { ...good.jwk, use: 'enc' }],
  ['a use that nobody knows', { ...good.jwk, use: 'other' }],
  ['signing alone', { ...good.jwk, key_ops: ['sign'] }],
  ['another algorithm than its kind', { ...good.jwk, alg: 'ES256' }],
  ['those who know its private part', { ...good.jwk, d: 'AA' }],
  ['those who share its secret', { ...good.jwk, k: 'AA' }],
  ['another curve of its kind', { kty: 'OKP', crv: 'X25519', x: good.jwk.x ?? '' }],
]

test.each([...broken, ...foreign])('a published key for %s takes no name from a good one', async (_, jwk) => {
  const issuer = await openIssuer([{ ...jwk, kid: 'good' }, good.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url })
  expect(await codeOf(verify(await signWith(good)))).toBe(undefined)
  expect(await codeOf(verify(await signWith({ alg: good.alg, privateKey: good.privateKey })))).toBe(undefined)
})

test.each([null, 7, 'text', [], {}, { kty: 7 }])(
  'an unusable entry of a key set, %j, spoils no other',
  async (entry) => {
    const fetch = async () => Response.json({ keys: [entry, good.jwk] })
    const { verify } = createVerifier({ jwksUrl: 'https://accounts.test/jwks.json', fetch })
    expect(await codeOf(verify(await signWith(good)))).toBe(undefined)
  },
)

test.each(['EdDSA', 'ES256', 'RS256'])(
  'a key of %s counts with and without alg, use and operations',
  async (alg) => {
    const key = await makeKey(alg)
    const { alg: _, use: __, ...bare } = key.jwk
    for (const jwk of [bare, { ...bare, alg, use: 'sig', key_ops: ['verify'] }]) {
      const { verify } = createVerifier({ publicKeys: [jwk] })
      expect(await codeOf(verify(await signWith(key)))).toBe(undefined)
    }
  },
)

test('of several keys the one that a token names decides', async () => {
  const [one, two] = [await makeKey('EdDSA'), await makeKey('EdDSA')]
  const { verify } = createVerifier({ publicKeys: [one.jwk, two.jwk] })
  for (const key of [one, two]) expect(await codeOf(verify(await signWith(key)))).toBe(undefined)
  expect(await codeOf(verify(await signWith({ ...one, kid: two.kid })))).toBe('token_invalid')
})

test.each(foreign)('a key for %s among public keys stops the start', (_, jwk) => {
  expect(() => createVerifier({ publicKeys: [good.jwk, jwk] })).toThrow('must be public JWKs')
})

test('a key is found for tokens of its own algorithm alone', async () => {
  const keys = await importKeys([good.jwk])
  expect(findKey(keys, { kid: 'good', alg: 'EdDSA' })).toBe(keys[0])
  expect(findKey(keys, { kid: 'good', alg: 'RS256' })).toBe(undefined)
})

test('a verifier without a source of keys is told what to give', () => {
  // @ts-expect-error one is needed
  expect(() => createVerifier({})).toThrow('Give one of jwksUrl, secret and publicKeys.')
})

test('a secret that its owner changes later stays as given', async () => {
  const bytes = new Uint8Array(32).fill(7)
  const { verify } = createVerifier({ secret: bytes })
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const token = await signWith({ alg: 'HS256', privateKey: key })
  bytes.fill(0)
  expect(await codeOf(verify(token))).toBe(undefined)
})

test('a secret has 32 bytes, whatever its letters', () => {
  expect(() => createVerifier({ secret: 'ä'.repeat(16) })).not.toThrow()
  expect(() => createVerifier({ secret: 'x'.repeat(32) })).not.toThrow()
  expect(() => createVerifier({ secret: new Uint8Array(31) })).toThrow(TypeError)
})

test('an address of keys that is none stops the start', () => {
  expect(() => createVerifier({ jwksUrl: 'accounts.example.com' })).toThrow(TypeError)
})
