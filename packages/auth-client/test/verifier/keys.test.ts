import { expect, test } from 'vitest'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { makeKey, openIssuer, signWith } from './issuer.ts'

const [one, two] = await Promise.all([makeKey('EdDSA', 'one'), makeKey('EdDSA', 'two')])

/** A clock that a test moves. */
function createClock() {
  let ms = Date.now()
  return { now: () => new Date(ms), advance: (seconds: number) => (ms += seconds * 1000) }
}

async function codeOf(verification: Promise<unknown>): Promise<string | undefined> {
  return verification.then(
    () => undefined,
    (error: unknown) => (error instanceof TokenError ? error.code : String(error)),
  )
}

test('concurrent tokens cause one request for the key set', async () => {
  const issuer = await openIssuer([one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url })
  const token = await signWith(one)
  await Promise.all(Array.from({ length: 100 }, () => verify(token)))
  expect(issuer.requests).toBe(1)
})

test('a new key is found at once; unknown ones wait', async () => {
  const issuer = await openIssuer([one.jwk])
  const { now, advance } = createClock()
  const { verify } = createVerifier({ jwksUrl: issuer.url, now })
  await verify(await signWith(one))
  issuer.keys = [one.jwk, two.jwk]
  advance(30)
  await verify(await signWith(two))
  expect(issuer.requests).toBe(2)
  const made = await makeKey('EdDSA')
  for (let attempt = 0; attempt < 50; attempt += 1) {
    expect(await codeOf(verify(await signWith({ ...made, kid: crypto.randomUUID() })))).toBe('token_invalid')
  }
  expect(issuer.requests).toBe(2)
  advance(30)
  await codeOf(verify(await signWith(made)))
  expect(issuer.requests).toBe(3)
})

test('an unpublished key is refused once the set is old', async () => {
  const issuer = await openIssuer([one.jwk, two.jwk])
  const { now, advance } = createClock()
  const { verify } = createVerifier({ jwksUrl: issuer.url, now })
  const token = await signWith(two)
  await verify(token)
  issuer.keys = [one.jwk]
  advance(599)
  await verify(token)
  expect(issuer.requests).toBe(1)
  advance(1)
  await verify(token)
  await expect.poll(() => codeOf(verify(token))).toBe('token_invalid')
  expect(issuer.requests).toBe(2)
})

test('while the issuer fails, the cached set goes on', async () => {
  const issuer = await openIssuer([one.jwk])
  const { now, advance } = createClock()
  const { verify } = createVerifier({ jwksUrl: issuer.url, now })
  const token = await signWith(one)
  await verify(token)
  issuer.isUp = false
  for (const body of [undefined, '<html>', '{}', '{"keys":{}}']) {
    issuer.body = body
    advance(601)
    const asked = issuer.requests + 1
    expect(await codeOf(verify(await signWith(one, { exp: now().getTime() / 1000 + 60 })))).toBe(undefined)
    await expect.poll(() => issuer.requests).toBe(asked)
    // A token that names an unknown key waits for the request that is under way.
    await codeOf(verify(await signWith(two, { exp: now().getTime() / 1000 + 60 })))
    issuer.isUp = true
  }
  expect(issuer.requests).toBe(5)
})

test('without any key set the answer is 503, retried each second', async () => {
  const issuer = await openIssuer([one.jwk])
  const { now, advance } = createClock()
  const { verify } = createVerifier({ jwksUrl: issuer.url, now })
  const token = await signWith(one)
  issuer.isUp = false
  expect(await codeOf(verify(token))).toBe('keys_unavailable')
  expect(await codeOf(verify(token))).toBe('keys_unavailable')
  expect(issuer.requests).toBe(1)
  issuer.isUp = true
  advance(1)
  expect(await codeOf(verify(token))).toBe(undefined)
})

test('a redirect of the key set is not followed', async () => {
  const jwksUrl = 'https://accounts.test/.well-known/jwks.json'
  const asked: RequestInit[] = []
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    asked.push(init)
    const headers = { location: 'https://evil.test' }
    return Response.json({ keys: [one.jwk] }, { status: 302, headers })
  }
  expect(await codeOf(createVerifier({ jwksUrl, fetch }).verify(await signWith(one)))).toBe(
    'keys_unavailable',
  )
  expect(asked).toMatchObject([{ redirect: 'manual' }])
})

test('a name that two keys bear is nobody’s', async () => {
  const other = await makeKey('EdDSA', 'one')
  const issuer = await openIssuer([one.jwk, other.jwk, two.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url })
  expect(await codeOf(verify(await signWith(one)))).toBe('token_invalid')
  expect(await codeOf(verify(await signWith(other)))).toBe('token_invalid')
  expect(await codeOf(verify(await signWith(two)))).toBe(undefined)
})

test('keys that cannot be used stand in nobody’s way', async () => {
  const es384 = await makeKey('ES384')
  const odd = [
    es384.jwk,
    { ...two.jwk, use: 'enc' },
    { ...two.jwk, key_ops: ['sign'] },
    { ...two.jwk, d: 'AA' },
    { ...two.jwk, alg: 'ES256' },
    { ...two.jwk, x: 'AA' },
    { kty: 'oct', k: 'AAAA', kid: 'two' },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'two' },
  ]
  const issuer = await openIssuer([...odd, one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url })
  expect(await codeOf(verify(await signWith(one)))).toBe(undefined)
  expect(await codeOf(verify(await signWith(two)))).toBe('token_invalid')
})

test('a token naming no key is accepted where there is one', async () => {
  const { kid: _, ...jwk } = one.jwk
  const token = await signWith({ alg: one.alg, privateKey: one.privateKey })
  expect(await codeOf(createVerifier({ publicKeys: [jwk] }).verify(token))).toBe(undefined)
  expect(await codeOf(createVerifier({ publicKeys: [jwk, two.jwk] }).verify(token))).toBe('token_invalid')
})

test('a key as short as RSA of 1,024 bits verifies nothing', async () => {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  )
  const { n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'RS256', kid: 'short' })}.${part({ exp: 9999999999 })}`
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, Buffer.from(content))
  const token = `${content}.${Buffer.from(signature).toString('base64url')}`
  const publicKeys = [{ kty: 'RSA', n: n ?? '', e: e ?? '', kid: 'short' }]
  expect(await codeOf(createVerifier({ publicKeys }).verify(token))).toBe('token_invalid')
})
