import { expect, test } from 'vitest'
import { createRevocationCheck } from '../../src/revocation.ts'

const url = 'https://accounts.test/api/trpc'

/** A check of a service that calls every token active, a clock that a test moves, and the tokens that were asked about. */
function createCheck(options: { cacheMaxEntries?: number; fetch?: typeof fetch } = {}) {
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

test('why a session could not be checked stands in the cause', async () => {
  const fault = new TypeError('fetch failed')
  const { isRevoked } = createCheck({ fetch: async () => Promise.reject(fault) })
  await expect(isRevoked('a')).rejects.toMatchObject({ cause: { message: 'fetch failed' } })
})
