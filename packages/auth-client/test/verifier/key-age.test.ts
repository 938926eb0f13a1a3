import { afterEach, expect, test, vi } from 'vitest'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { makeKey, openIssuer, signWith } from './issuer.ts'

const [one, two] = await Promise.all([makeKey('EdDSA', 'one'), makeKey('EdDSA', 'two')])
const jwksUrl = 'https://accounts.test/.well-known/jwks.json'
const hourMs = 3_600_000

afterEach(() => {
  vi.useRealTimers()
})

async function codeOf(verification: Promise<unknown>): Promise<string | undefined> {
  return verification.then(
    () => undefined,
    (error: unknown) => (error instanceof TokenError ? error.code : String(error)),
  )
}

/** A token that outlives every clock of these tests. */
const lasting = (key: typeof one) => signWith(key, { exp: 9_999_999_999 })

/** An issuer that answers its first request, and the next ones when a test says so, or never. */
function createHeldIssuer() {
  const answer = (...keys: object[]) => Response.json({ keys })
  const waiting: ((response: Response) => void)[] = []
  let requests = 0
  return {
    count: () => requests,
    answerNext: (...keys: object[]) => waiting.shift()?.(answer(...keys)),
    fetch: async () => {
      requests += 1
      if (requests === 1) return answer(one.jwk)
      return new Promise<Response>((resolve) => waiting.push(resolve))
    },
  }
}

test('an old key set answers while a silent issuer is asked', async () => {
  let ms = Date.now()
  const issuer = createHeldIssuer()
  const { verify } = createVerifier({ jwksUrl, fetch: issuer.fetch, now: () => new Date(ms) })
  const [mine, next] = [await lasting(one), await lasting(two)]
  await verify(mine)
  ms += 600_000
  for (let call = 0; call < 3; call += 1) expect(await codeOf(verify(mine))).toBe(undefined)
  expect(issuer.count()).toBe(2)
  const waits = codeOf(verify(next))
  issuer.answerNext(two.jwk)
  expect(await waits).toBe(undefined)
  expect(await codeOf(verify(mine))).toBe('token_invalid')
})

test.each([
  [undefined, 600 + 86_400],
  [60, 660],
  [0, 600],
])('a key set serves keysStaleIfError %s past its age, then 503', async (keysStaleIfError, usableSeconds) => {
  const issuer = await openIssuer([one.jwk])
  const startMs = Date.now()
  let ms = startMs
  const times = keysStaleIfError === undefined ? {} : { keysStaleIfError }
  const { verify } = createVerifier({ jwksUrl: issuer.url, now: () => new Date(ms), ...times })
  const token = await lasting(one)
  await verify(token)
  issuer.isUp = false
  ms = startMs + usableSeconds * 1000 - 1000
  expect(await codeOf(verify(token))).toBe(undefined)
  ms += 2000
  await expect.poll(() => codeOf(verify(token))).toBe('keys_unavailable')
  issuer.isUp = true
  ms += 1000
  expect(await codeOf(verify(token))).toBe(undefined)
})

test('a clock that is set back hides no new key', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  let ms = Date.now()
  const issuer = await openIssuer([one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url, now: () => new Date(ms) })
  await verify(await lasting(one))
  issuer.keys = [one.jwk, two.jwk]
  ms -= hourMs
  const early = { iat: 1 }
  vi.advanceTimersByTime(29_999)
  expect(await codeOf(verify(await signWith(two, early)))).toBe('token_invalid')
  vi.advanceTimersByTime(1)
  expect(await codeOf(verify(await signWith(two, early)))).toBe(undefined)
})

test('a clock that is set back keeps no old key', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  let ms = Date.now()
  const issuer = await openIssuer([one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url, now: () => new Date(ms), keysStaleIfError: 0 })
  const token = await lasting(one)
  await verify(token)
  issuer.isUp = false
  ms -= hourMs
  vi.advanceTimersByTime(600_001)
  expect(await codeOf(verify(token))).toBe('keys_unavailable')
})

test.each([
  ['never answers', () => new Promise<Response>(() => {})],
  ['never ends its answer', async () => new Response(new ReadableStream())],
])('a key server that %s is given up after five seconds', async (_, answer) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = Promise.withResolvers<void>()
  const fetch = async () => {
    asked.resolve()
    return answer()
  }
  let isOver = false
  const outcome = codeOf(createVerifier({ jwksUrl, fetch }).verify(await lasting(one)))
  void outcome.then(() => (isOver = true))
  await asked.promise
  await vi.advanceTimersByTimeAsync(4999)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await outcome).toBe('keys_unavailable')
})

test('keysCooldown bounds how often made-up keys make us ask', async () => {
  let ms = Date.now()
  const issuer = await openIssuer([one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url, now: () => new Date(ms), keysCooldown: 5 })
  await verify(await lasting(one))
  for (const [seconds, requests] of [
    [4.9, 1],
    [0.2, 2],
    [4.9, 2],
    [0.2, 3],
  ] as const) {
    ms += seconds * 1000
    await codeOf(verify(await lasting(two)))
    expect(issuer.requests).toBe(requests)
  }
})

test('the age of a key set counts from its request', async () => {
  let ms = Date.now()
  let requests = 0
  const fetch = async () => {
    requests += 1
    ms += 4000
    return Response.json({ keys: [one.jwk] })
  }
  const times = { keysMaxAge: 10, keysCooldown: 0 }
  const { verify } = createVerifier({ jwksUrl, fetch, now: () => new Date(ms), ...times })
  const token = await lasting(one)
  for (const [seconds, expected] of [
    [0, 1],
    [5.9, 1],
    [0.1, 2],
  ] as const) {
    ms += seconds * 1000
    await verify(token)
    expect(requests).toBe(expected)
  }
})

test('a token without a key id causes no more requests', async () => {
  let ms = Date.now()
  const issuer = await openIssuer([one.jwk])
  const { verify } = createVerifier({ jwksUrl: issuer.url, now: () => new Date(ms) })
  const nameless = await signWith({ alg: one.alg, privateKey: one.privateKey })
  for (let call = 0; call < 3; call += 1) {
    expect(await codeOf(verify(nameless))).toBe(undefined)
    ms += 60_000
  }
  expect(issuer.requests).toBe(1)
})

test('a key request asks JSON, ends in time, and explains failures', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = Promise.withResolvers<Request>()
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    asked.resolve(new Request(input, init))
    return new Promise<Response>(() => {})
  }
  const outcome = createVerifier({ jwksUrl, fetch })
    .verify(await lasting(one))
    .catch((error: unknown) => error)
  const request = await asked.promise
  expect(request.headers.get('accept')).toBe('application/json')
  expect(request.signal.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(5000)
  expect(request.signal.aborted).toBe(true)
  expect(await outcome).toMatchObject({ code: 'keys_unavailable', cause: { name: 'TimeoutError' } })
})
