import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { readClaims } from '../../src/tokens.ts'
import { type Algorithm, generateKey } from './keys.ts'
import { encode, sign } from './sign.ts'

/** Tokens of the service, and the key that signed them. */
export interface Issued {
  algorithm: Algorithm
  key: KeyObject
  access: string
  refresh: string
}

/** Tokens that no verifier may accept as an access token, by what is wrong with each. */
export function forge(issued: Issued): Record<string, string> {
  return {
    ...spoilSignature(issued),
    ...spoilClaims(issued),
    ...bringAnotherKey(issued),
    ...(issued.algorithm === 'HS256' ? guessSecret(issued) : abusePublicKey(issued)),
    'a refresh token': issued.refresh,
  }
}

function spoilSignature({ access }: Issued): Record<string, string> {
  const { header, claims } = read(access)
  const [head = '', payload = '', signature = ''] = access.split('.')
  const length = Buffer.from(signature, 'base64url').length
  return {
    'a payload changed under its signature': [head, encode({ ...claims, user_id: 2 }), signature].join('.'),
    'a header changed under its signature': [encode({ ...header, typ: 'at+jwt' }), payload, signature].join(
      '.',
    ),
    'a signature that was cut': access.slice(0, -8),
    'an empty signature': `${head}.${payload}.`,
    'no signature': `${head}.${payload}`,
    'a signature of zeros': `${head}.${payload}.${Buffer.alloc(length).toString('base64url')}`,
    'alg none': `${encode({ ...header, alg: 'none' })}.${payload}.`,
    'alg none, the signature kept': [encode({ ...header, alg: 'none' }), payload, signature].join('.'),
    'alg nOnE': `${encode({ ...header, alg: 'nOnE' })}.${payload}.`,
  }
}

/** Signed with the service's own key, yet not for this verifier or not any more. */
function spoilClaims({ access, key }: Issued): Record<string, string> {
  const { header, claims } = read(access)
  const { exp: _exp, ...endless } = claims
  const { token_type: _type, ...untyped } = claims
  const { iss, aud, ...unaddressed } = claims
  const expired = { ...claims, iat: Number(claims['iat']) - 90_000, exp: Number(claims['iat']) - 3600 }
  return {
    'an expired token': sign(header, expired, key),
    'a token without exp': sign(header, endless, key),
    'a token without token_type': sign(header, untyped, key),
    ...(iss !== undefined && {
      'another issuer': sign(header, { ...claims, iss: 'https://other.example.com' }, key),
      'no issuer': sign(header, { ...unaddressed, aud }, key),
      'another audience': sign(header, { ...claims, aud: 'other' }, key),
      'no audience': sign(header, { ...unaddressed, iss }, key),
    }),
  }
}

function bringAnotherKey({ algorithm, access }: Issued): Record<string, string> {
  const { header, claims } = read(access)
  const key = generateKey(algorithm)
  const jwk = key.type === 'secret' ? key.export({ format: 'jwk' }) : publicJwk(key)
  const signed = (added: object) => sign({ ...header, ...added }, claims, key)
  return {
    'another key': signed({}),
    'another key, which the token brings along': signed({ jwk }),
    'another key, which the token brings along by its own kid': signed({
      kid: 'mine',
      jwk: { ...jwk, kid: 'mine' },
    }),
    'another key, from a set that the token names': signed({ jku: 'http://127.0.0.1:9/jwks.json' }),
    'another key and a kid that is a path': signed({ kid: '../../../../../../dev/null' }),
  }
}

function guessSecret({ access, key }: Issued): Record<string, string> {
  const { header, claims } = read(access)
  return {
    'an empty secret': sign(header, claims, createSecretKey(Buffer.alloc(0))),
    'HS512 with our secret': sign({ ...header, alg: 'HS512' }, claims, key),
  }
}

function abusePublicKey({ algorithm, access, key }: Issued): Record<string, string> {
  const { header, claims } = read(access)
  const asSecret = (secret: Buffer | string) =>
    sign({ ...header, alg: 'HS256' }, claims, createSecretKey(Buffer.from(secret)))
  const pem = createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString()
  const jwk = { ...publicJwk(key), kid: header['kid'], alg: algorithm, use: 'sig' }
  const others = (['EdDSA', 'ES256', 'RS256'] as const).filter((other) => other !== algorithm)
  return {
    'HS256 with our public key as the secret: PEM': asSecret(pem),
    'HS256 with our public key as the secret: PEM without its last line break': asSecret(pem.trim()),
    'HS256 with our public key as the secret: JWK': asSecret(JSON.stringify(jwk)),
    'HS256 with our public key as the secret: JWK Set': asSecret(JSON.stringify({ keys: [jwk] })),
    'HS256 with our public key as the secret: DER': asSecret(
      createPublicKey(key).export({ format: 'der', type: 'spki' }),
    ),
    'HS256 with our public key as the secret: raw': asSecret(rawPublicKey(key)),
    ...Object.fromEntries(
      others.map((alg) => [
        `${alg} under the kid of our key`,
        sign({ ...header, alg }, claims, generateKey(alg)),
      ]),
    ),
    'our key and a kid that nobody knows': sign({ ...header, kid: 'unknown' }, claims, key),
    'another key and no kid': sign({ alg: algorithm, typ: 'JWT' }, claims, generateKey(algorithm)),
    ...(algorithm === 'RS256' && { 'RS512 with our key': sign({ ...header, alg: 'RS512' }, claims, key) }),
  }
}

function publicJwk(key: KeyObject) {
  return createPublicKey(key).export({ format: 'jwk' })
}

/** The number, point or modulus itself. */
function rawPublicKey(key: KeyObject): Buffer {
  const { x = '', y, n } = publicJwk(key)
  if (n !== undefined) return Buffer.from(n, 'base64url')
  if (y === undefined) return Buffer.from(x, 'base64url')
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

function read(token: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const header = readClaims(`.${token}`)
  const claims = readClaims(token)
  if (header === undefined || claims === undefined) throw new TypeError('not a token')
  return { header, claims }
}
