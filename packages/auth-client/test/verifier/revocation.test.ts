import { expect, onTestFinished, test, vi } from 'vitest'
import { createRevocationCheck, type RevocationCheckOptions } from '../../src/revocation.ts'

const url = 'https://accounts.test/api/trpc'

/**
 * A check of a service that calls every token active, a clock that a test moves, and the tokens
 * that were asked about.
 */
function createCheck(options: Partial<RevocationCheckOptions> = {}) {
  const clock = { ms: 0 }
  const asked: string[] = []
  const isRevoked = createRevocationCheck({
    url,
    now: () => new Date(clock.ms),
    fetch: async (input, init) => {
      const body = await new Request(input, init).text()
      asked.push(/"token":"([^"]+)"/.exec(body)?.[1] ?? body)
      return Response.json([{ result: { data: { active: true } } }])
    },
    ...options,
  })
  return { isRevoked, clock, asked }
}

test('an answer that was asked for anew is not the oldest', async () => {
  const { isRevoked, clock, asked } = createCheck({ cacheMaxEntries: 2 })
  await isRevoked('a')
  await isRevoked('b')
  clock.ms += 10_000
  await isRevoked('a')
  await isRevoked('c')
  await isRevoked('a')
  expect(asked).toEqual(['a', 'b', 'a', 'c'])
})

test('of more answers than are kept the oldest goes', async () => {
  const { isRevoked, asked } = createCheck({ cacheMaxEntries: 2 })
  for (const token of ['a', 'b', 'c', 'c', 'b', 'a']) await isRevoked(token)
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
})

test('why a session could not be checked stands in the cause', async () => {
  const fault = new TypeError('fetch failed')
  const { isRevoked } = createCheck({ fetch: async () => Promise.reject(fault) })
  await expect(isRevoked('a')).rejects.toMatchObject({ cause: { message: 'fetch failed' } })
})

test('an early question that fails late takes no newer answer along', async () => {
  const failing = Promise.withResolvers<Response>()
  let requests = 0
  const { isRevoked, clock } = createCheck({
    fetch: async () => {
      requests += 1
      return requests === 1 ? failing.promise : Response.json([{ result: { data: { active: true } } }])
    },
  })
  const early = isRevoked('a').catch(() => 'failed')
  await expect.poll(() => requests).toBe(1)
  clock.ms += 10_000
  expect(await isRevoked('a')).toBe(false)
  failing.reject(new TypeError('fetch failed'))
  expect(await early).toBe('failed')
  expect(await isRevoked('a')).toBe(false)
  expect(requests).toBe(2)
})

test('tokens whose signatures end alike are asked about each', async () => {
  const { isRevoked, asked } = createCheck()
  const tokens = ['h.p.AAAAAAAAAAAAAAAAAAAAAAAA', 'h.p.BAAAAAAAAAAAAAAAAAAAAAAA']
  for (const token of tokens) await isRevoked(token)
  expect(asked).toEqual(tokens)
})

test('more than a thousand answers are kept unless another number is chosen', async () => {
  let questions = 0
  const { isRevoked } = createCheck({
    fetch: async (input) => {
      const count = String(input instanceof Request ? input.url : input).split(',').length
      questions += count
      return Response.json(Array.from({ length: count }, () => ({ result: { data: { active: true } } })))
    },
  })
  const tokens = Array.from({ length: 1001 }, (_, index) => `t${index}`)
  await Promise.all(tokens.map(isRevoked))
  await isRevoked('t0')
  expect(questions).toBe(1001)
})

test('a check gives up when its own time is over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { isRevoked } = createCheck({ timeoutMs: 50, fetch: async () => new Promise<Response>(() => {}) })
  const outcome = isRevoked('a').catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(50)
  expect(await outcome).toMatchObject({ code: 'service_unavailable', cause: { name: 'TimeoutError' } })
})
