import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  addAccount,
  createService,
  openDatabase,
  type Service,
  sessionOf,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, readJwt, secretKey, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const { privateKey } = generateKeyPairSync('ed25519')
const SIGNING_KEY = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'current' })
const hs256 = await createService(db)
const eddsa = await createService(db, { SIGNING_KEY })

const encode = (text: string) => Buffer.from(text).toString('base64url')

/** Signs any text, letter for letter, as a service with the key could. */
function signText(header: string, payload: string, by = 'HS256'): string {
  const content = `${header}.${payload}`
  const signature =
    by === 'HS256'
      ? createHmac('sha256', secretKey).update(content).digest('base64url')
      : signBytes(null, Buffer.from(content), privateKey).toString('base64url')
  return `${content}.${signature}`
}

async function expectRefused(to: Service, name: string, [access, refresh]: [string, string]): Promise<void> {
  const answers = [
    await to.me(access),
    await to.refresh(refresh),
    await to.verify(refresh),
    await to.logout(refresh),
  ]
  expect([name, ...answers.map(({ status }) => status)]).toEqual([name, 401, 401, 401, 401])
  expect([name, answers[1]?.body.detail]).toEqual([name, 'Token is invalid'])
  expect(to.reports).toEqual([])
}

const oddClaims: [string, string][] = [
  ['jti is a number', '"jti":42'],
  ['jti is null', '"jti":null'],
  ['jti is an object', '"jti":{"a":1}'],
  ['jti is a list', '"jti":["a"]'],
  ['jti is true', '"jti":true'],
  ['sub is a number', '"sub":7'],
  ['sub is null', '"sub":null'],
  ['exp is 1e400', '"exp":1e400'],
  ['exp is -1e400', '"exp":-1e400'],
  ['nbf is -1e400', '"nbf":-1e400'],
  ['iat is -1e400', '"iat":-1e400'],
  ['exp is NaN', '"exp":NaN'],
  ['exp is Infinity', '"exp":Infinity'],
  ['exp is text', '"exp":"9999999999"'],
]

test.each(oddClaims)('a signed token is refused where %s, Django’s and ours', async (name, claim) => {
  const { id, access, refresh } = await logIn(hs256)
  const oddly = (claims: Record<string, unknown>) =>
    signJwt(`${JSON.stringify(claims).slice(0, -1)},${claim}}`)
  await expectRefused(hs256, name, [oddly(djangoClaims('access', id)), oddly(djangoClaims('refresh', id))])
  await expectRefused(hs256, name, [oddly(readJwt(access).claims), oddly(readJwt(refresh).claims)])
  expect(await sessionOf(db, id)).toMatchObject({ generation: 0, revoked_at: null })
})

test('an expired token with an odd id is expired, as in PyJWT', async () => {
  const { id } = await addAccount(hs256)
  const answer = await hs256.refresh(signJwt({ ...djangoClaims('refresh', id), exp: 1, jti: 7 }))
  expect(answer.body.detail).toBe('Token is expired')
})

test.each([7, null, {}, ['current'], true])(
  'a kid that is no text is refused, under each key: %j',
  async (kid) => {
    for (const [service, by, alg] of [
      [hs256, 'HS256', 'HS256'],
      [eddsa, 'EdDSA', 'EdDSA'],
    ] as const) {
      const { access, refresh } = await logIn(service)
      const header = encode(JSON.stringify({ alg, typ: 'JWT', kid }))
      const withHeader = (token: string) => signText(header, token.split('.')[1] ?? '', by)
      await expectRefused(service, `${by} ${JSON.stringify(kid)}`, [withHeader(access), withHeader(refresh)])
    }
  },
)

/**
 * The next letter of the alphabet differs in the last bit, which no byte has when the text ends
 * there.
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const withStrayBits = (text: string) =>
  `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.at(-1) ?? '') + 1]}`

const spellings: [string, (text: string) => string][] = [
  ['stray bits', withStrayBits],
  ['padding', (text) => `${text}==`],
  ['a space inside', (text) => `${text.slice(0, 9)} ${text.slice(9)}`],
  ['four spaces inside', (text) => `${text.slice(0, 9)}    ${text.slice(9)}`],
  ['a space at its start', (text) => ` ${text}`],
  ['a line break inside', (text) => `${text.slice(0, 9)}\r\n${text.slice(9)}`],
  ['a letter of no alphabet', (text) => `${text.slice(0, 9)}!${text.slice(9)}`],
]

test.each(spellings)('a signature with %s is refused under HS256 and EdDSA', async (name, respell) => {
  for (const service of [hs256, eddsa]) {
    const { refresh } = await logIn(service)
    const [header, payload, signature = ''] = refresh.split('.')
    const odd = `${header}.${payload}.${respell(signature)}`
    expect(odd).not.toBe(refresh)
    expect([name, (await service.refresh(odd)).body.detail]).toEqual([name, 'Token is invalid'])
    expect([name, (await service.verify(odd)).status]).toEqual([name, 401])
    expect((await service.refresh(refresh)).status).toBe(200)
  }
})

test.each(spellings.slice(1))(
  'a header or payload with %s is refused, though it is signed so',
  async (name, respell) => {
    const { refresh } = await logIn(hs256)
    const [header = '', payload = ''] = refresh.split('.')
    for (const odd of [signText(respell(header), payload), signText(header, respell(payload))]) {
      expect([name, (await hs256.refresh(odd)).body.detail]).toEqual([name, 'Token is invalid'])
    }
  },
)

test('a header that demands an extension is refused (RFC 7515 section 4.1.11)', async () => {
  const { refresh } = await logIn(hs256)
  const payload = refresh.split('.')[1] ?? ''
  for (const extra of [
    { crit: ['exp'], exp: 1 },
    { crit: ['b64'], b64: false },
    { crit: [] },
    { b64: false },
  ]) {
    const header = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...extra }))
    expect((await hs256.refresh(signText(header, payload))).body.detail).toBe('Token is invalid')
  }
})

test('of two claims of one name the last counts, as in Python', async () => {
  const { id } = await addAccount(hs256)
  const claims = JSON.stringify(djangoClaims('access', id))
  expect((await hs256.me(signJwt(`{"exp":1,${claims.slice(1)}`))).status).toBe(200)
  expect((await hs256.me(signJwt(`${claims.slice(0, -1)},"exp":1}`))).status).toBe(401)
})
