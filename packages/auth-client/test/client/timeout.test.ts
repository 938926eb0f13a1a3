import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withinLimit } from '../../src/client/timeout.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

const forever = async () => new Promise<never>(() => {})

test('a timeout is told by its signal, at once', async () => {
  const signals: AbortSignal[] = []
  const outcome = withinLimit({ timeoutMs: 50 }, async (signal) => {
    signals.push(signal)
    return forever()
  }).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(49)
  expect(signals[0]?.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await outcome).toMatchObject({ name: 'TimeoutError' })
  expect(signals[0]?.reason).toBe(await outcome)
})

test.each([
  ['an answer', async () => 'answer'],
  ['a failure', async () => Promise.reject(new Error('failure'))],
])('%s leaves no timer and no listener behind', async (_, run) => {
  const { signal } = new AbortController()
  await withinLimit({ timeoutMs: 50, signal }, run).catch(() => {})
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test.each([
  ['an error', new RangeError('mine'), 'RangeError'],
  ['text', 'given up', 'AbortError'],
])('a caller who gives up with %s gets that, before and during', async (_, reason, name) => {
  const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error))
  const before = withinLimit({ timeoutMs: 50, signal: AbortSignal.abort(reason) }, forever)
  expect(await before.catch(nameOf)).toBe(name)
  const giveUp = new AbortController()
  const during = withinLimit({ timeoutMs: 50, signal: giveUp.signal }, forever)
  giveUp.abort(reason)
  expect(await during.catch(nameOf)).toBe(name)
  expect(vi.getTimerCount()).toBe(0)
})
