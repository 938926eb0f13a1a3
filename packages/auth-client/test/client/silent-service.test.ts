import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, type StoredTokens } from '../../src/index.ts'

const url = 'https://accounts.test/api/trpc'

/** An access token that says its lifetime, without a valid signature. */
const makeAccess = (jti: string) =>
  `e30.${Buffer.from(JSON.stringify({ jti, sid: 's', iat: 0, exp: 3600 })).toString('base64url')}.`

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/**
 * A client that is logged in since so long, whose service answers a refresh when the test lets it.
 */
async function logIn({ ageMs, ...options }: { ageMs: number; timeoutMs?: number }) {
  const answer = Promise.withResolvers<Response>()
  const store = createMemoryStore()
  const tokens: StoredTokens = {
    access: makeAccess('first'),
    refresh: 'r',
    receivedAtMs: Date.now() - ageMs,
  }
  await store.update(() => tokens)
  const sentAtMs: number[] = []
  const startMs = Date.now()
  const fetch = async () => {
    sentAtMs.push(Date.now() - startMs)
    return (await answer.promise).clone()
  }
  const client = createAuthClient({ url, store, fetch, ...options })
  const next = { access: makeAccess('next'), refresh: 'r2' }
  return {
    client,
    store,
    access: tokens.access,
    next: next.access,
    answerRefresh: () => answer.resolve(Response.json([{ result: { data: next } }])),
    sentAtMs,
    elapsedMs: () => Date.now() - startMs,
  }
}

const nearItsEndMs = 3_570_000

test.each([
  [undefined, 10_000],
  [300, 300],
])('with timeoutMs %s a token near its end is answered after %d ms', async (timeoutMs, waitMs) => {
  const limit = timeoutMs === undefined ? {} : { timeoutMs }
  const { client, access, elapsedMs } = await logIn({ ageMs: nearItsEndMs, ...limit })
  const outcome = client.getAccessToken().then((token) => [token, elapsedMs()])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toEqual([access, waitMs])
})

test('a refused token that is not refreshed in time is a TimeoutError', async () => {
  const { client, store, access, elapsedMs } = await logIn({ ageMs: 0 })
  const outcome = client.getAccessToken({ refused: access }).catch((error: unknown) => [error, elapsedMs()])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toMatchObject([{ name: 'TRPCClientError', cause: { name: 'TimeoutError' } }, 10_000])
  expect(await store.load()).toMatchObject({ access })
})

test('a refused token near its end waits once, not twice', async () => {
  const { client, access, elapsedMs } = await logIn({ ageMs: nearItsEndMs, timeoutMs: 300 })
  const outcome = client.getAccessToken({ refused: access }).catch(elapsedMs)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toBe(300)
})

test('a refresh that outlasts its caller is kept for the next one', async () => {
  const { client, access, next, answerRefresh } = await logIn({ ageMs: nearItsEndMs, timeoutMs: 9000 })
  const early = client.getAccessToken()
  await vi.advanceTimersByTimeAsync(9000)
  expect(await early).toBe(access)
  answerRefresh()
  await vi.advanceTimersByTimeAsync(1000)
  expect(await client.getAccessToken()).toBe(next)
})

test('each attempt at a refresh takes timeoutMs at most', async () => {
  const { client, access, sentAtMs } = await logIn({ ageMs: 0, timeoutMs: 1000 })
  const outcome = client.getAccessToken({ refused: access }).catch(() => {})
  await vi.advanceTimersByTimeAsync(60_000)
  await outcome
  expect(sentAtMs.map((ms) => Math.floor(ms / 10) * 10)).toEqual([0, 1250, 3250])
})
