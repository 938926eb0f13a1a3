import { createHmac } from 'node:crypto'
import { CompactEncrypt, exportSPKI, generateSecret, importJWK, type JWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createVerifier, TokenError, type Verifier } from '../../src/verifier/index.ts'
import { accessClaims, makeKey, openIssuer, signWith } from './issuer.ts'

/**
 * The attacks of RFC 8725 (JSON Web Token Best Current Practices), section 2, and what its section
 * 3 asks for against them: a row each. The verifier has the keys of the issuer; the attacker has
 * the public ones, keys of their own, and good tokens of theirs.
 */

const [ed, ec, rsa, ours] = await Promise.all([
  makeKey('EdDSA'),
  makeKey('ES256'),
  makeKey('RS256'),
  makeKey('EdDSA', 'attackers'),
])
const issuer = await openIssuer([ed.jwk, ec.jwk, rsa.jwk])
const byKeys = createVerifier({ jwksUrl: issuer.url, issuer: 'https://accounts.test', audience: 'flyers' })
const addressed = { iss: 'https://accounts.test', aud: 'flyers' }

const secret = 'a secret of at least thirty-two bytes, as the service demands'
const bySecret = createVerifier({ secret })

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** A token put together by hand: any header, any payload, any signature. */
function forge(header: unknown, payload: unknown, signature: (content: string) => string = () => ''): string {
  const content = `${encode(header)}.${encode(payload)}`
  return `${content}.${signature(content)}`
}

const hmac = (key: string | Buffer, hash: string) => (content: string) =>
  createHmac(hash, key).update(content).digest('base64url')

async function publicPem(jwk: JWK): Promise<string> {
  const key = await importJWK(jwk, jwk.alg, { extractable: true })
  if (key instanceof Uint8Array) throw new Error('a public key is no secret')
  return exportSPKI(key)
}

const claims = accessClaims(addressed)
const plain = accessClaims()
const good = await signWith(ed, addressed)
const [goodHeader = '', goodPayload = '', goodSignature = ''] = good.split('.')
const hs256 = { alg: 'HS256', typ: 'JWT' }

test('the tokens that the attacks change are accepted unchanged', async () => {
  for (const key of [ed, ec, rsa]) {
    expect(await byKeys.verify(await signWith(key, addressed))).toMatchObject({ user_id: 7 })
  }
  expect(await bySecret.verify(forge(hs256, plain, hmac(secret, 'sha256')))).toMatchObject({ user_id: 7 })
})

type Row = [attack: string, verifier: Verifier, token: string | Promise<string>, code?: string]

const sections: Record<string, Row[]> = {
  '2.1 weak signatures and insufficient validation; 3.1 algorithms are verified': [
    ['alg none', byKeys, forge({ alg: 'none', typ: 'JWT', kid: ed.kid }, claims)],
    ['alg none without a kid', bySecret, forge({ alg: 'none', typ: 'JWT' }, plain)],
    ['alg nOnE', bySecret, forge({ alg: 'nOnE', typ: 'JWT' }, plain)],
    ['no alg at all', bySecret, forge({ typ: 'JWT' }, plain, hmac(secret, 'sha256'))],
    ['alg as a list', bySecret, forge({ alg: ['HS256'] }, plain, hmac(secret, 'sha256'))],
    ['no signature', byKeys, `${goodHeader}.${goodPayload}.`],
    ['two parts', byKeys, `${goodHeader}.${goodPayload}`],
    ['four parts', byKeys, `${good}.${goodSignature}`],
    [
      'the public key, in PEM, as the secret of HS256',
      byKeys,
      publicPem(rsa.jwk).then((pem) => forge({ ...hs256, kid: rsa.kid }, claims, hmac(pem, 'sha256'))),
    ],
    [
      'the bytes of the public key as the secret of HS256',
      byKeys,
      forge({ ...hs256, kid: ed.kid }, claims, hmac(Buffer.from(ed.jwk.x ?? '', 'base64url'), 'sha256')),
    ],
    ['HS256 where keys are public', byKeys, forge({ ...hs256, kid: ed.kid }, claims, hmac(secret, 'sha256'))],
    ['another hash: HS512', bySecret, forge({ alg: 'HS512', typ: 'JWT' }, plain, hmac(secret, 'sha512'))],
    ['a key of RS256 used for PS256', byKeys, signPs256()],
    ['the kid of a key of another algorithm', byKeys, signWith(ec, addressed, { kid: ed.kid })],
    ['an asymmetric token where the key is secret', bySecret, signWith(ed)],
  ],
  '2.2 weak symmetric keys; 3.5 keys have enough entropy': [
    ['another secret', bySecret, forge(hs256, plain, hmac(`${secret}!`, 'sha256'))],
    ['the empty secret', bySecret, forge(hs256, plain, hmac('', 'sha256'))],
  ],
  '2.3 encryption without signature; 3.3 all operations are validated': [
    ['an encrypted token', bySecret, encrypt()],
    ['a compressed payload', bySecret, forge({ ...hs256, zip: 'DEF' }, plain, hmac(secret, 'sha256'))],
    ['a token within a token', bySecret, forge({ ...hs256, cty: 'JWT' }, good, hmac(secret, 'sha256'))],
  ],
  '2.4 invalid elliptic-curve signatures; 3.4 cryptographic inputs are validated': [
    [
      'ES256: r and s are zero',
      byKeys,
      forge({ alg: 'ES256', kid: ec.kid }, claims, () => encode('\0'.repeat(64))),
    ],
    [
      'ES256: a signature in DER',
      byKeys,
      forge({ alg: 'ES256', kid: ec.kid }, claims, () => encode('0'.repeat(70))),
    ],
    [
      'EdDSA: a signature of zeros',
      byKeys,
      forge({ alg: 'EdDSA', kid: ed.kid }, claims, () => encode('\0'.repeat(64))),
    ],
    ['a changed payload', byKeys, `${goodHeader}.${encode({ ...claims, user_id: 1 })}.${goodSignature}`],
    ['a changed header', byKeys, `${encode({ alg: 'EdDSA', kid: ed.kid })}.${goodPayload}.${goodSignature}`],
    ['a cut signature', byKeys, good.slice(0, -4)],
    ['a lengthened signature', byKeys, `${good}AAAA`],
    ['padding after the signature', byKeys, `${good}==`],
    ['a line break within the token', byKeys, `${goodHeader}.\n${goodPayload}.${goodSignature}`],
    ['standard base64 in place of base64url', byKeys, `${goodHeader}.${goodPayload}.${'+/'.repeat(43)}`],
  ],
  '2.6 and 3.7 different encodings; JSON that is read in more than one way': [
    ['a payload that is no JSON', bySecret, forge(hs256, 'user_id=7', hmac(secret, 'sha256'))],
    ['a payload that is a list', bySecret, forge(hs256, [plain], hmac(secret, 'sha256'))],
    ['a payload that is null', bySecret, forge(hs256, 'null', hmac(secret, 'sha256'))],
    ['a payload that is no UTF-8', bySecret, notUtf8()],
    ['a header that is no JSON', bySecret, forge('{alg:HS256}', plain, hmac(secret, 'sha256'))],
    ['a header that is null', bySecret, forge('null', plain, hmac(secret, 'sha256'))],
  ],
  '2.7 and 3.9 substitution: tokens for others': [
    ['another issuer', byKeys, signWith(ed, { ...addressed, iss: 'https://other.test' })],
    ['no issuer', byKeys, signWith(ed, { aud: 'flyers' })],
    ['another audience', byKeys, signWith(ed, { ...addressed, aud: 'billing' })],
    ['no audience', byKeys, signWith(ed, { iss: addressed.iss })],
    [
      'an audience where none is expected',
      bySecret,
      forge(hs256, accessClaims({ aud: 'x' }), hmac(secret, 'sha256')),
    ],
  ],
  '2.8 and 3.12 cross-JWT confusion: another kind of token of the same issuer': [
    [
      'a refresh token',
      byKeys,
      signWith(ed, { ...addressed, token_type: 'refresh', gen: 1 }),
      'token_wrong_type',
    ],
    [
      'a token without a type',
      byKeys,
      signWith(ed, { ...addressed, token_type: undefined }),
      'token_without_type',
    ],
    [
      'a type in other case',
      byKeys,
      signWith(ed, { ...addressed, token_type: 'Access' }),
      'token_wrong_type',
    ],
    ['typ of an OAuth access token (RFC 9068)', byKeys, signWith(ed, addressed, { typ: 'at+jwt' })],
    ['typ of a logout token', byKeys, signWith(ed, addressed, { typ: 'logout+jwt' })],
    ['typ that is no text', bySecret, forge({ ...hs256, typ: 1 }, plain, hmac(secret, 'sha256'))],
  ],
  '2.9 and 3.10 indirect attacks on the server: claims of the header are not trusted': [
    ['its own key in jwk', byKeys, signWith(ours, addressed, { jwk: ours.jwk })],
    ['its own key in jwk, under our kid', byKeys, signWith(ours, addressed, { jwk: ours.jwk, kid: ed.kid })],
    ['an address of keys in jku', byKeys, signWith(ours, addressed, { jku: 'http://127.0.0.1:1/' })],
    ['an address of certificates in x5u', byKeys, signWith(ours, addressed, { x5u: 'http://127.0.0.1:1/' })],
    ['a good token with jwk', byKeys, signWith(ed, addressed, { jwk: ed.jwk })],
    ['a good token with jku', byKeys, signWith(ed, addressed, { jku: issuer.url })],
    ['a good token with x5u', byKeys, signWith(ed, addressed, { x5u: issuer.url })],
    ['a good token with x5c', byKeys, signWith(ed, addressed, { x5c: ['MIIB'] })],
    ['an unknown kid', byKeys, signWith(ours, addressed)],
    ["the attacker's key under our kid", byKeys, signWith(ours, addressed, { kid: ed.kid })],
    ['a kid that walks through folders', byKeys, signWith(ours, addressed, { kid: '../../dev/null' })],
    ['a kid that speaks SQL', byKeys, signWith(ours, addressed, { kid: "' OR 1=1 --" })],
    ['the kid __proto__', byKeys, signWith(ours, addressed, { kid: '__proto__' })],
    ['a kid that is no text', byKeys, forge({ alg: 'EdDSA', kid: 7 }, claims, () => goodSignature)],
    ['an empty kid', byKeys, signWith(ed, addressed, { kid: '' })],
    [
      'crit that nobody knows',
      bySecret,
      forge({ ...hs256, crit: ['exp'], exp: 1 }, plain, hmac(secret, 'sha256')),
    ],
    ['crit with b64', bySecret, forge({ ...hs256, crit: ['b64'], b64: true }, plain, hmac(secret, 'sha256'))],
    ['b64 without crit', bySecret, forge({ ...hs256, b64: true }, plain, hmac(secret, 'sha256'))],
    ['an empty crit', bySecret, forge({ ...hs256, crit: [] }, plain, hmac(secret, 'sha256'))],
  ],
  '3.11 and RFC 7519 section 4.1: claims': [
    ['a token whose time is over', byKeys, signWith(ed, { ...addressed, iat: 1, exp: 2 }), 'token_expired'],
    [
      'a token without an end',
      byKeys,
      signWith(ed, { ...addressed, exp: undefined }),
      'token_without_expiry',
    ],
    ['an end that is text', bySecret, forge(hs256, { ...plain, exp: '9999999999' }, hmac(secret, 'sha256'))],
    ['a token that is not valid yet', byKeys, signWith(ed, { ...addressed, nbf: plain.iat + 600 })],
    [
      "a token of Django's from the future",
      byKeys,
      signWith(ed, { ...addressed, sid: undefined, iat: plain.iat + 600 }),
    ],
    ['a token without an id', byKeys, signWith(ed, { ...addressed, jti: undefined }), 'token_without_id'],
    ['a token of nobody', byKeys, signWith(ed, { ...addressed, user_id: undefined }), 'token_without_user'],
    [
      'a user that cannot be: text',
      byKeys,
      signWith(ed, { ...addressed, user_id: '7 OR 1=1' }),
      'user_not_found',
    ],
    [
      'a user that cannot be: a fraction',
      byKeys,
      signWith(ed, { ...addressed, user_id: 7.5 }),
      'user_not_found',
    ],
    ['a user that cannot be: true', byKeys, signWith(ed, { ...addressed, user_id: true }), 'user_not_found'],
    ['a session that cannot be', byKeys, signWith(ed, { ...addressed, sid: 'root' })],
  ],
  'resources: what costs us more than the attacker': [
    [
      'a token over 8 KiB',
      bySecret,
      forge(hs256, { ...plain, pad: 'x'.repeat(8192) }, hmac(secret, 'sha256')),
    ],
    ['nothing', bySecret, ''],
    ['a megabyte of dots', bySecret, '.'.repeat(1_000_000)],
  ],
}

describe.each(Object.entries(sections))('%s', (_, rows) => {
  test.each(rows)('%s is refused', async (_, verifier, token, code = 'token_invalid') => {
    const error: unknown = await verifier.verify(await token).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TokenError)
    expect(error).toMatchObject({ code, status: 401 })
  })
})

test('2.2 and 3.5: a secret under 32 bytes stops the start', () => {
  expect(() => createVerifier({ secret: 'x'.repeat(31) })).toThrow(TypeError)
})

test('3.1: unusable and private keys stop the start', async () => {
  const { jwk } = await makeKey('ES384')
  const secretJwk = { kty: 'oct', k: encode(secret) }
  for (const publicKeys of [[], [jwk], [secretJwk], [{ ...ed.jwk, d: 'AA' }], [{ ...ed.jwk, use: 'enc' }]]) {
    expect(() => createVerifier({ publicKeys })).toThrow(TypeError)
  }
})

test('a verifier without or with two sources of keys stops the start', () => {
  // @ts-expect-error exactly one is needed
  expect(() => createVerifier({})).toThrow(TypeError)
  // @ts-expect-error and not two: which one would decide?
  expect(() => createVerifier({ secret, jwksUrl: issuer.url })).toThrow(TypeError)
})

test('why a token is invalid is logged; the message stays the same', async () => {
  const messageOf = async (token: string) =>
    byKeys.verify(token).catch((error: unknown) => (error instanceof TokenError ? error.message : ''))
  expect(await messageOf('garbage')).toBe('Token is invalid')
  expect(await messageOf(await signWith(ours, addressed))).toBe('Token is invalid')
})

async function signPs256(): Promise<string> {
  const jwk = await crypto.subtle.exportKey('jwk', rsa.privateKey)
  const { alg: _, ...rest } = jwk
  const key = await importJWK({ ...rest, kty: 'RSA' }, 'PS256')
  return new SignJWT(claims).setProtectedHeader({ alg: 'PS256', kid: rsa.kid }).sign(key)
}

async function encrypt(): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(plain)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(await generateSecret('A256GCM'))
}

function notUtf8(): string {
  const content = `${encode(hs256)}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}`
  return `${content}.${hmac(secret, 'sha256')(content)}`
}
