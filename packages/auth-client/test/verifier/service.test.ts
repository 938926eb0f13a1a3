import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { SignJWT } from 'jose'
import { createAuthClient } from '../../src/index.ts'
import { createRevocationCheck } from '../../src/revocation.ts'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { openService, password, secretKey } from '../service.ts'
import { sign } from '../tokens.ts'
import { accessClaims } from './issuer.ts'

const service = await openService()
const server = await service.listen()
const verifier = createVerifier({ secret: secretKey })

async function logIn() {
  const { id, email } = await service.addUser()
  const client = createAuthClient({ url: server.url })
  const session = await client.auth.login.mutate({ email, password })
  return { id, email, client, ...session }
}

async function codeOf(verification: Promise<unknown>): Promise<string | undefined> {
  return verification.then(
    () => undefined,
    (error: unknown) => (error instanceof TokenError ? error.code : String(error)),
  )
}

test('an access token is accepted offline; its refresh token is not', async () => {
  const { id, email, access, refresh } = await logIn()
  const before = service.sent.length
  const claims = await verifier.verify(access)
  expect(claims).toMatchObject({ token_type: 'access', user_id: id, email })
  expect(Object.keys(claims)).toEqual(['token_type', 'exp', 'iat', 'jti', 'user_id', 'email', 'sid'])
  expect(await codeOf(verifier.verify(refresh))).toBe('token_wrong_type')
  expect(service.sent.length).toBe(before)
})

test("Django's tokens are accepted: text ids, missing email and session", async () => {
  const { exp, iat } = accessClaims()
  const token = await sign({ token_type: 'access', exp, iat, jti: '5b3f', user_id: '12' })
  expect(await verifier.verify(token)).toEqual({ token_type: 'access', exp, iat, jti: '5b3f', user_id: 12 })
})

test('the leeway counts for the end and for the beginning', async () => {
  const now = Math.floor(Date.now() / 1000)
  const patient = createVerifier({ secret: secretKey, leeway: 30 })
  const ended = await sign(accessClaims({ iat: now - 60, exp: now - 20 }))
  const early = await sign(accessClaims({ nbf: now + 20 }))
  expect(await codeOf(verifier.verify(ended))).toBe('token_expired')
  expect(await codeOf(verifier.verify(early))).toBe('token_invalid')
  expect(await codeOf(patient.verify(ended))).toBe(undefined)
  expect(await codeOf(patient.verify(early))).toBe(undefined)
})

test("the leeway counts for the iat of Django's tokens, to the second", async () => {
  const now = Math.floor(Date.now() / 1000)
  const clock = () => new Date(now * 1000)
  const strict = createVerifier({ secret: secretKey, now: clock })
  const patient = createVerifier({ secret: secretKey, leeway: 30, now: clock })
  const ahead = async (seconds: number) => sign(accessClaims({ sid: undefined, iat: now + seconds }))
  expect(await codeOf(strict.verify(await ahead(0)))).toBe(undefined)
  expect(await codeOf(strict.verify(await ahead(1)))).toBe('token_invalid')
  expect(await codeOf(patient.verify(await ahead(30)))).toBe(undefined)
  expect(await codeOf(patient.verify(await ahead(31)))).toBe('token_invalid')
})

describe('verifier and service say the same of', () => {
  const changes: Record<string, unknown>[] = [
    {},
    { exp: 1 },
    { exp: undefined },
    { exp: '1' },
    { exp: null },
    { iat: undefined },
    { iat: 'now' },
    { iat: 9999999999 },
    { iat: 9999999999, sid: undefined },
    { jti: undefined },
    { jti: null },
    { jti: 7 },
    { token_type: undefined },
    { token_type: 'refresh' },
    { token_type: null },
    { user_id: undefined },
    { user_id: null },
    { user_id: '7' },
    { user_id: '' },
    { user_id: '999999999999999' },
    { user_id: '9007199254740991' },
    { user_id: '99999999999999999999' },
    { user_id: -1 },
    { user_id: 1e300 },
    { sid: 'x' },
    { sid: null },
    { sid: 7 },
    { sid: 'x', gen: -1 },
    { gen: -1 },
    { gen: 'x', sid: undefined },
    { email: undefined },
    { email: 7 },
    { nbf: 9999999999 },
    { nbf: 'x' },
    { iss: 'anybody' },
    { sub: 7 },
    { sub: '7' },
    { nbf: null },
    { iat: null },
    { token_type: 'other' },
    { token_type: 'other', jti: undefined },
    { token_type: undefined, jti: undefined },
    { exp: undefined, jti: undefined },
    { user_id: '1.5' },
    { user_id: '1e3' },
    { user_id: ' 7' },
    { user_id: '-1' },
    { gen: 1.5 },
    { gen: 0 },
    { gen: null },
    { sid: 'x0b0f6f5e-7f5c-4c33-9d0a-2a3f7c6b1e55' },
    { sid: '0B0F6F5E-7F5C-4C33-9D0A-2A3F7C6B1E55' },
    { sid: '0b0f6f5e7f5c4c339d0a2a3f7c6b1e55' },
  ]
  test.each(changes)('a token with %j', async (change) => {
    const token = await sign(accessClaims(change))
    const theirs = await service.auth.tokens.verify(token, 'access').then(
      ({ user_id, sid, jti, exp }) => ({ user_id, sid, jti, exp }),
      (error: { code: string }) => error.code,
    )
    const ours = await verifier.verify(token).then(
      ({ user_id, sid, jti, exp }) => ({ user_id, sid, jti, exp }),
      (error: { code: string }) => error.code,
    )
    expect(ours).toEqual(theirs)
  })
})

test('an ended session is refused at once only by those asking', async () => {
  const { access, client } = await logIn()
  const isRevoked = createRevocationCheck({ url: server.url, cacheSeconds: 0 })
  expect(await codeOf(verifier.verify(access, { isRevoked }))).toBe(undefined)
  await client.logOut()
  expect(await codeOf(verifier.verify(access, { isRevoked }))).toBe('session_ended')
  expect(await codeOf(verifier.verify(access))).toBe(undefined)
})

test('a user who is deactivated is refused at once by who asks', async () => {
  const { id, access } = await logIn()
  const isRevoked = createRevocationCheck({ url: server.url, cacheSeconds: 0 })
  await service.deactivate(id)
  expect(await codeOf(verifier.verify(access, { isRevoked }))).toBe('session_ended')
})

test('an answer is cached, and concurrent questions share one', async () => {
  const { access, client } = await logIn()
  let ms = 0
  const isRevoked = createRevocationCheck({ url: server.url, cacheSeconds: 10, now: () => new Date(ms) })
  const before = service.called().length
  await Promise.all(Array.from({ length: 100 }, () => isRevoked(access)))
  await client.logOut()
  ms += 9_999
  expect(await isRevoked(access)).toBe(false)
  ms += 1
  expect(await isRevoked(access)).toBe(true)
  expect(service.called().slice(before)).toEqual(['introspect', 'logout', 'introspect'])
})

test('questions about many tokens share requests, with separate answers', async () => {
  const people = await Promise.all(Array.from({ length: 25 }, () => logIn()))
  await people[3]?.client.logOut()
  const isRevoked = createRevocationCheck({ url: server.url })
  const before = service.sent.length
  const answers = await Promise.all(people.map(({ access }) => isRevoked(access)))
  expect(answers).toEqual(people.map((_, index) => index === 3))
  expect(service.sent.length - before).toBe(2)
})

test('the cache is bounded: the oldest answer leaves', async () => {
  const [first, second] = [await logIn(), await logIn()]
  const isRevoked = createRevocationCheck({ url: server.url, cacheMaxEntries: 1 })
  const before = service.called().length
  for (const { access } of [first, first, second, second, first]) await isRevoked(access)
  expect(service.called().slice(before)).toEqual(['introspect', 'introspect', 'introspect'])
})

test('an empty cache asks each time and passes no revoked token', async () => {
  const { access, client } = await logIn()
  const isRevoked = createRevocationCheck({ url: server.url, cacheMaxEntries: 0 })
  expect(await isRevoked(access)).toBe(false)
  await client.logOut()
  expect(await isRevoked(access)).toBe(true)
  expect(await Promise.all([isRevoked(access), isRevoked(access)])).toEqual([true, true])
})

test('an answer holds no longer when the clock is set back', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { access, client } = await logIn()
  let ms = Date.now()
  const isRevoked = createRevocationCheck({ url: server.url, now: () => new Date(ms) })
  expect(await isRevoked(access)).toBe(false)
  await client.logOut()
  ms -= 3_600_000
  vi.advanceTimersByTime(9999)
  expect(await isRevoked(access)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isRevoked(access)).toBe(true)
})

test('a service that never answers is given up after three seconds', async () => {
  const { access } = await logIn()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const asked = Promise.withResolvers<void>()
  const fetch = async () => {
    asked.resolve()
    return new Promise<Response>(() => {})
  }
  let isOver = false
  const outcome = codeOf(createRevocationCheck({ url: server.url, fetch })(access))
  void outcome.then(() => (isOver = true))
  await vi.advanceTimersByTimeAsync(0)
  await asked.promise
  await vi.advanceTimersByTimeAsync(2998)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(2)
  expect(await outcome).toBe('service_unavailable')
})

test.each([
  ['cannot be reached', undefined],
  ['is broken', new Response('{}', { status: 500 })],
  ['is a page of a proxy', new Response('<html>', { status: 401 })],
  ['is another service', Response.json({ detail: 'no' }, { status: 401 })],
  ['is another service that likes everything', Response.json({})],
])('while the service %s, a check refuses with 503 or accepts', async (_, answer) => {
  const fetch = async () => {
    if (answer === undefined) throw new TypeError('fetch failed')
    return answer.clone()
  }
  const { access } = await logIn()
  const refusing = createRevocationCheck({ url: server.url, fetch })
  const accepting = createRevocationCheck({ url: server.url, fetch, whenUnavailable: 'accept' })
  expect(await codeOf(verifier.verify(access, { isRevoked: refusing }))).toBe('service_unavailable')
  expect(await codeOf(verifier.verify(access, { isRevoked: accepting }))).toBe(undefined)
})

test('a failure is not cached: the next question may succeed', async () => {
  const { access } = await logIn()
  let isDown = true
  const isRevoked = createRevocationCheck({
    url: server.url,
    fetch: async (input, init) => {
      if (isDown) throw new TypeError('fetch failed')
      return fetch(input, init)
    },
  })
  await expect(isRevoked(access)).rejects.toThrow(TokenError)
  isDown = false
  expect(await isRevoked(access)).toBe(false)
})

test('an email that is no text is none', async () => {
  expect(await verifier.verify(await sign(accessClaims({ email: 7 })))).not.toHaveProperty('email')
})

test('a token ends by the clock that the verifier was given', async () => {
  const token = await sign(accessClaims())
  const later = createVerifier({ secret: secretKey, now: () => new Date(Date.now() + 7_200_000) })
  expect(await codeOf(verifier.verify(token))).toBe(undefined)
  expect(await codeOf(later.verify(token))).toBe('token_expired')
})

test.each([['JWT'], ['jwt'], ['Jwt']])('typ %s, in any case, is a JWT', async (typ) => {
  const token = await new SignJWT(accessClaims())
    .setProtectedHeader({ alg: 'HS256', typ })
    .sign(new TextEncoder().encode(secretKey))
  expect(await codeOf(verifier.verify(token))).toBe(undefined)
})

test('a signature in another spelling of the same bytes is refused', async () => {
  const token = await sign(accessClaims())
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  // The last letter of 32 bytes carries two bits that say nothing.
  const next = letters[letters.indexOf(token.at(-1) ?? '') + 1] ?? ''
  expect(await codeOf(verifier.verify(token.slice(0, -1) + next))).toBe('token_invalid')
})

test.each([{ active: 'yes' }, { active: 1 }, { active: null }])(
  'an answer of %j does not say that a token is good',
  async (data) => {
    const { access } = await logIn()
    const fetch = async () => Response.json([{ result: { data } }])
    expect(await createRevocationCheck({ url: server.url, fetch })(access)).toBe(true)
  },
)
