import { SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { requireUser } from '../../src/guards/express.ts'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { accessClaims, makeKey, signWith } from './issuer.ts'

/** How a header is read, in which order a token is checked, and what its refusal tells to whom. */

const [ours, strange] = await Promise.all([makeKey('EdDSA'), makeKey('EdDSA')])
const verifier = createVerifier({ publicKeys: [ours.jwk] })

async function errorOf(verification: Promise<unknown>): Promise<TokenError> {
  const error: unknown = await verification.catch((thrown: unknown) => thrown)
  if (error instanceof TokenError) return error
  throw new Error(`no refusal: ${String(error)}`)
}

describe('the Authorization header', () => {
  test.each([undefined, null, '', ' ', 'Basic a', 'Bearerx a', 'Bearer,a', 'JWT a'])(
    '%j presents no token',
    async (header) => {
      expect((await errorOf(verifier.verifyHeader(header))).code).toBe('not_authenticated')
    },
  )

  test.each(['Bearer', 'Bearer ', 'Bearer a b', 'bearer a\tb'])('%j has not one token', async (header) => {
    expect((await errorOf(verifier.verifyHeader(header))).code).toBe('bad_authorization_header')
  })

  test.each([' ', '  ', '\t', ' \t '])('between scheme and token may stand %j', async (space) => {
    const claims = await verifier.verifyHeader(`Bearer${space}${await signWith(ours)}${space}`)
    expect(claims.user_id).toBe(7)
  })
})

test('a token of 8,192 characters is accepted, a longer one is not', async () => {
  const secret = 'x'.repeat(32)
  const bySecret = createVerifier({ secret })
  const key = { alg: 'HS256', privateKey: await importSecret(secret) }
  let pad = 5000
  let token = await signWith(key, { pad: 'x'.repeat(pad) })
  while (token.length < 8192) token = await signWith(key, { pad: 'x'.repeat((pad += 1)) })
  expect(token.length).toBe(8192)
  expect((await bySecret.verify(token)).user_id).toBe(7)
  const longer = await signWith(key, { pad: 'x'.repeat(pad + 1) })
  expect((await errorOf(bySecret.verify(longer))).code).toBe('token_invalid')
})

test('a token without typ is accepted', async () => {
  const { alg, kid, privateKey } = ours
  const token = await new SignJWT(accessClaims()).setProtectedHeader({ alg, kid }).sign(privateKey)
  expect((await verifier.verify(token)).user_id).toBe(7)
})

test.each([
  ['is of another key', () => signWith(strange), { cause: { code: 'ERR_JWKS_NO_MATCHING_KEY' } }],
  ['is old', () => signWith(ours, { exp: 2 }), { cause: { code: 'ERR_JWT_EXPIRED' } }],
  [
    'is of another kind',
    () => signWith(ours, {}, { typ: 'at+jwt' }),
    { cause: { message: 'The typ is not JWT.' } },
  ],
  [
    'brings a key',
    () => signWith(ours, {}, { jwk: ours.jwk }),
    { cause: { message: 'The header has jwk.' } },
  ],
])('the log can tell that a token %s', async (_, make, expected) => {
  const error = await errorOf(verifier.verify(await make()))
  expect(error).toMatchObject({ name: 'TokenError', status: 401, ...expected })
})

test('only good tokens, and all of them, are checked for revocation', async () => {
  const isRevoked = vi.fn<(token: string) => Promise<boolean>>(async () => true)
  const asking = createVerifier({ publicKeys: [ours.jwk], isRevoked })
  const bad = [signWith(strange), signWith(ours, { exp: 2 }), signWith(ours, { token_type: 'refresh' })]
  for (const token of bad) await errorOf(asking.verify(await token))
  expect(isRevoked).not.toHaveBeenCalled()
  for (const changes of [{}, { sid: undefined }]) {
    const token = await signWith(ours, changes)
    const error = await errorOf(asking.verifyHeader(`Bearer ${token}`))
    expect(error).toMatchObject({ code: 'session_ended', status: 401, message: 'Token is blacklisted' })
    expect(isRevoked).toHaveBeenLastCalledWith(token)
  }
})

test('a check of one call replaces that of the verifier', async () => {
  const asking = createVerifier({ publicKeys: [ours.jwk], isRevoked: async () => true })
  const token = await signWith(ours)
  expect((await asking.verify(token, { isRevoked: async () => false })).user_id).toBe(7)
})

test.each(['"exp":1e400', '"exp":9999999999,"iat":-1e400', '"exp":9999999999,"nbf":-1e400'])(
  'a time that no clock can reach, %s, is none',
  async (times) => {
    const key = await importSecret('x'.repeat(32))
    const encode = (text: string) => Buffer.from(text).toString('base64url')
    const claims = `{"token_type":"access","jti":"a","user_id":7,${times}}`
    const content = `${encode('{"alg":"HS256"}')}.${encode(claims)}`
    const signature = Buffer.from(await crypto.subtle.sign('HMAC', key, Buffer.from(content)))
    const token = `${content}.${signature.toString('base64url')}`
    const error = await errorOf(createVerifier({ secret: 'x'.repeat(32) }).verify(token))
    expect(error.code).toBe('token_invalid')
  },
)

test('Express: a request that is refused goes no further', async () => {
  const next = vi.fn<(error?: unknown) => void>()
  const json = vi.fn<(body: unknown) => unknown>()
  const response = { set: vi.fn<() => unknown>(), status: () => ({ json }) }
  await requireUser(verifier)({ headers: {} }, response, next)
  expect(json).toHaveBeenCalledTimes(1)
  expect(next).not.toHaveBeenCalled()
})

async function importSecret(secret: string) {
  return crypto.subtle.importKey('raw', Buffer.from(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
}
