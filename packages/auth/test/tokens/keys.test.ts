import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { createKeyRing } from '../../src/tokens/key-ring.ts'
import { SettingsError } from '@pockitflyer/server/settings'
import { addAccount, createService, openDatabase, password, type Service, logIn } from '../support/harness.ts'
import { djangoClaims, readJwt, secretKey, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()

const pairs = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
const algorithms = ['EdDSA', 'ES256', 'RS256'] as const

const jwkOf = (key: KeyObject, more: object = {}) =>
  JSON.stringify({ ...key.export({ format: 'jwk' }), ...more })
const pemOf = (key: KeyObject) =>
  String(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }))
const thumbprintOf = (key: KeyObject) => calculateJwkThumbprint(key.export({ format: 'jwk' }))

/** A service without SECRET_KEY. */
const createAsymmetric = (env: Record<string, string>) => createService(db, { SECRET_KEY: '', ...env })

const signingWith = (algorithm: (typeof algorithms)[number]) =>
  createAsymmetric({ SIGNING_KEY: jwkOf(pairs[algorithm].privateKey) })

function problemsOf(env: Record<string, string>): string[] {
  try {
    readAuthSettings(env)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test.each(algorithms)('%s: tokens bear kid and alg, verified by the JWK Set', async (algorithm) => {
  const service = await signingWith(algorithm)
  const { id, email, access, refresh } = await logIn(service)
  const kid = await thumbprintOf(pairs[algorithm].publicKey)
  const jwks = service.auth.tokens.jwks()
  expect(jwks.keys).toEqual([
    { ...pairs[algorithm].publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' },
  ])
  for (const token of [access, refresh]) {
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwks))
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid })
    expect(payload).toMatchObject({ user_id: id, email })
  }
  expect((await service.me(access)).status).toBe(200)
  expect((await service.verify(refresh)).status).toBe(200)
})

test.each(['EdDSA', 'RS256'] as const)(
  '%s: a retry within the grace gets the same token',
  async (algorithm) => {
    const service = await signingWith(algorithm)
    const { refresh } = await logIn(service)
    const [first, again] = [await service.refresh(refresh), await service.refresh(refresh)]
    expect([again.status, again.body.refresh]).toEqual([200, first.body.refresh])
  },
)

test('ES256: a retry gets a token of the same claims', async () => {
  const service = await signingWith('ES256')
  const { refresh } = await logIn(service)
  const [first, again] = [await service.refresh(refresh), await service.refresh(refresh)]
  expect(again.body.refresh).not.toBe(first.body.refresh)
  expect(readJwt(again.body.refresh).claims).toEqual(readJwt(first.body.refresh).claims)
  for (const token of [first, again]) expect((await service.refresh(token.body.refresh)).status).toBe(200)
})

test.each([
  ['signs', { SIGNING_KEY: jwkOf(pairs.EdDSA.privateKey) }],
  ['verifies', { SECRET_KEY: secretKey, VERIFYING_KEYS: jwkOf(pairs.EdDSA.publicKey) }],
])('where WebCrypto %s, one of the threads that hash stays free for it', (_, keys) => {
  const { passwords } = readAuthSettings(keys)
  expect(passwords.concurrency).toBe(Math.min(availableParallelism() + 2, 3))
})

test.each([
  ['PEM', pemOf(pairs.EdDSA.privateKey)],
  ['PEM in one line', pemOf(pairs.EdDSA.privateKey).replaceAll('\n', '\\n')],
  ['a JWK', jwkOf(pairs.EdDSA.privateKey)],
])('the signing key may be %s: it is the same key', async (_, SIGNING_KEY) => {
  const { signingKey } = readAuthSettings({ SIGNING_KEY })
  expect(signingKey).toMatchObject({ algorithm: 'EdDSA', kid: await thumbprintOf(pairs.EdDSA.publicKey) })
})

test.each([
  ['a JWK Set', `{"keys": [${jwkOf(pairs.EdDSA.publicKey)}, ${jwkOf(pairs.ES256.publicKey)}]}`],
  ['a list', `[${jwkOf(pairs.EdDSA.publicKey)}, ${jwkOf(pairs.ES256.publicKey)}]`],
  ['PEMs', pemOf(pairs.EdDSA.publicKey) + pemOf(pairs.ES256.publicKey)],
])('the verifying keys may be %s', (_, VERIFYING_KEYS) => {
  const { verifyingKeys } = readAuthSettings({ SECRET_KEY: secretKey, VERIFYING_KEYS })
  expect(verifyingKeys.map(({ algorithm }) => algorithm)).toEqual(['EdDSA', 'ES256'])
})

test('without any key no service starts', async () => {
  const none = { secretKey: undefined, signingKey: undefined, verifyingKeys: [] }
  await expect(createKeyRing(none)).rejects.toThrow('neither a secret key nor a signing key')
})

test('a signing key listed twice is published once, first', async () => {
  const listed = `{"keys": [${jwkOf(pairs.ES256.publicKey)}, ${jwkOf(pairs.EdDSA.publicKey)}]}`
  const service = await createAsymmetric({
    SIGNING_KEY: jwkOf(pairs.EdDSA.privateKey),
    VERIFYING_KEYS: listed,
  })
  expect(service.auth.tokens.jwks().keys.map(({ alg }) => alg)).toEqual(['EdDSA', 'ES256'])
})

test('a key keeps the kid that it bears', async () => {
  const service = await createAsymmetric({ SIGNING_KEY: jwkOf(pairs.ES256.privateKey, { kid: 'autumn' }) })
  const { access } = await logIn(service)
  expect(readJwt(access).header).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'autumn' })
  expect(service.auth.tokens.jwks().keys).toMatchObject([{ kid: 'autumn' }])
})

const { privateKey: weak } = generateKeyPairSync('rsa', { modulusLength: 1024 })
const { privateKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const another = generateKeyPairSync('ed25519')

type Unusable = [env: Record<string, string>, problem: string]

const unusable: Unusable[] = [
  [{}, 'SECRET_KEY is missing; make one with: openssl rand -base64 48'],
  [{ ALGORITHM: 'ES256' }, 'SIGNING_KEY is missing; make one with: pnpm auth keys generate --alg ES256'],
  [
    { SECRET_KEY: secretKey, ALGORITHM: 'EdDSA' },
    'ALGORITHM is EdDSA, but the key signs with HS256; leave it out',
  ],
  [
    { SIGNING_KEY: jwkOf(another.privateKey), ALGORITHM: 'HS256', SECRET_KEY: secretKey },
    'ALGORITHM is HS256, but the key signs with EdDSA; leave it out',
  ],
  [
    { SIGNING_KEY: 'secret' },
    'SIGNING_KEY must be a JWK, or PEM that begins with -----BEGIN PRIVATE KEY-----',
  ],
  [{ SIGNING_KEY: '{"kty":' }, 'SIGNING_KEY begins like JSON and is none'],
  [{ SIGNING_KEY: jwkOf(another.publicKey) }, 'SIGNING_KEY must be a private key: a JWK with "d", or PEM'],
  [
    { SIGNING_KEY: pemOf(another.privateKey).replace(/[A-Za-z]{4}/, 'AAAA') },
    'SIGNING_KEY must be a JWK, or PEM that begins with -----BEGIN PRIVATE KEY-----',
  ],
  [
    { SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' },
    'SIGNING_KEY is PEM that cannot be read',
  ],
  [
    { SIGNING_KEY: jwkOf(another.privateKey, { alg: 'ES256' }) },
    'SIGNING_KEY has a key whose "alg" is "ES256"; its kind signs with EdDSA',
  ],
  [
    { SIGNING_KEY: jwkOf(another.privateKey, { use: 'enc' }) },
    'SIGNING_KEY has a key for "enc"; it must be for signatures',
  ],
  ...[weak, p384].map(
    (key): Unusable => [
      { SIGNING_KEY: pemOf(key) },
      'SIGNING_KEY has a key of another kind; it must be Ed25519 (EdDSA), P-256 (ES256) or RSA of at least 2048 bits (RS256)',
    ],
  ),
  ...[
    jwkOf(another.privateKey),
    `{"keys":[${jwkOf(another.privateKey)}]}`,
    '{"kty":"oct","k":"c2VjcmV0"}',
  ].map(
    (VERIFYING_KEYS): Unusable => [
      { SECRET_KEY: secretKey, VERIFYING_KEYS },
      'VERIFYING_KEYS holds a secret; give public keys alone: pnpm auth keys list prints them',
    ],
  ),
  [
    { SECRET_KEY: secretKey, VERIFYING_KEYS: pemOf(another.privateKey) },
    'VERIFYING_KEYS must be a JWK, or PEM that begins with -----BEGIN PUBLIC KEY-----',
  ],
  [
    {
      SECRET_KEY: secretKey,
      VERIFYING_KEYS: `[${jwkOf(another.publicKey, { kid: 'a' })}, ${jwkOf(pairs.EdDSA.publicKey, { kid: 'a' })}]`,
    },
    'VERIFYING_KEYS must not have two keys with the kid "a"',
  ],
  [
    {
      SIGNING_KEY: jwkOf(another.privateKey, { kid: 'a' }),
      VERIFYING_KEYS: jwkOf(pairs.EdDSA.publicKey, { kid: 'a' }),
    },
    'VERIFYING_KEYS has another key with the kid of SIGNING_KEY',
  ],
]

test.each(unusable)('unusable keys are refused without repeating the key (%#)', (env, problem) => {
  expect(problemsOf(env)).toEqual([problem])
})

/**
 * What a client sees that holds a pair: whether its access token and its refresh token are good.
 */
async function statusesOf(service: Service, { access, refresh }: { access: string; refresh: string }) {
  return [(await service.me(access)).status, (await service.refresh(refresh)).status]
}

test('users stay logged in from HS256 through two signing keys', async () => {
  const email = (await addAccount(await createService(db))).email
  const postLogin = async (service: Service) => (await service.login(email, password)).body
  const before = await createService(db)
  const [one, two] = [await postLogin(before), await postLogin(before)]

  const asymmetric = await createService(db, { SIGNING_KEY: jwkOf(pairs.EdDSA.privateKey) })
  expect(await statusesOf(asymmetric, one)).toEqual([200, 200])
  const three = await postLogin(asymmetric)

  const rotated = await createAsymmetric({
    SIGNING_KEY: jwkOf(pairs.ES256.privateKey),
    VERIFYING_KEYS: jwkOf(pairs.EdDSA.publicKey),
  })
  expect(rotated.auth.tokens.jwks().keys).toMatchObject([{ alg: 'ES256' }, { alg: 'EdDSA' }])
  expect(await statusesOf(rotated, three)).toEqual([200, 200])
  expect(await statusesOf(rotated, two), 'SECRET_KEY is gone').toEqual([401, 401])

  const after = await createAsymmetric({ SIGNING_KEY: jwkOf(pairs.ES256.privateKey) })
  expect(await statusesOf(after, three), 'the old key is not listed').toEqual([401, 401])
})

test("an asymmetric service with SECRET_KEY adopts Django's tokens", async () => {
  const service = await createService(db, { SIGNING_KEY: jwkOf(pairs.EdDSA.privateKey) })
  const { id } = await addAccount(service)
  const { status, body } = await service.refresh(signJwt(djangoClaims('refresh', id)))
  expect([status, readJwt(body.refresh).header['alg']]).toEqual([200, 'EdDSA'])
})

const bytesOf = (text: string) => new TextEncoder().encode(text)

test('no key verifies a token of another algorithm (RFC 8725 section 2.1)', async () => {
  const [eddsa, es256] = [pairs.EdDSA, pairs.ES256]
  const kid = await thumbprintOf(eddsa.publicKey)
  const service = await createService(db, {
    SIGNING_KEY: jwkOf(eddsa.privateKey),
    VERIFYING_KEYS: jwkOf(es256.publicKey),
  })
  const { claims } = readJwt((await logIn(service)).access)
  const sign = (alg: string, key: KeyObject | Uint8Array, header: object = { kid }) =>
    new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(key)
  const good = await sign('EdDSA', eddsa.privateKey)
  expect((await service.me(good)).status).toBe(200)

  const publicForms = [
    jwkOf(eddsa.publicKey),
    pemOf(eddsa.publicKey),
    eddsa.publicKey.export({ format: 'jwk' }).x ?? '',
  ]
  const forged = [
    ...(await Promise.all(publicForms.map((form) => sign('HS256', bytesOf(form.padEnd(32)))))),
    await sign('HS256', eddsa.publicKey.export({ format: 'der', type: 'spki' })),
    await sign('ES256', es256.privateKey),
    await sign('RS256', pairs.RS256.privateKey),
    await sign('EdDSA', another.privateKey),
    await sign('EdDSA', another.privateKey, { kid: await thumbprintOf(another.publicKey) }),
    await sign('EdDSA', another.privateKey, { kid, jwk: another.publicKey.export({ format: 'jwk' }) }),
    await sign('EdDSA', eddsa.privateKey, {}),
    await sign('EdDSA', eddsa.privateKey, { kid: 'unknown' }),
    await sign('EdDSA', eddsa.privateKey, { kid: '__proto__' }),
    signJwt(claims, { alg: 'none' }),
    `${good.split('.').slice(0, 2).join('.')}.`,
  ]
  const answers = await Promise.all(forged.map((token) => service.me(token)))
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
    forged.map(() => [401, 'token_not_valid']),
  )
})
