import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Backoff, decideLogin, type Usage } from '../../src/throttle/login-decision.ts'

const usage: fc.Arbitrary<Usage> = fc.record({
  limit: fc.constantFrom('login_address', 'logins_account'),
  allowed: fc.integer({ min: 1, max: 50 }),
  value: fc.integer({ min: 0, max: 100 }),
  endsInMs: fc.integer({ min: 1, max: 86_400_000 }),
})

const backoff: fc.Arbitrary<Backoff> = fc
  .tuple(usage, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 900_000 }))
  .map(([usage, strikes, closedForMs]) => ({ ...usage, limit: 'login_device', strikes, closedForMs }))

const maxDelaySeconds = fc.integer({ min: 1, max: 86_400 })

const state = fc.record({
  usages: fc.array(usage, { maxLength: 4 }),
  backoffs: fc.array(backoff, { maxLength: 4 }),
  maxDelaySeconds,
})

test('a login is refused exactly past a limit or during a wait', () => {
  fc.assert(
    fc.property(state, (state) => {
      const isPassed = state.usages.some(({ value, allowed }) => value > allowed)
      const isWaiting = state.backoffs.some(
        ({ value, allowed, closedForMs }) => value > allowed && closedForMs > 0,
      )
      expect(decideLogin(state).kind).toBe(isPassed || isWaiting ? 'refused' : 'allowed')
    }),
  )
})

test('a refusal names a passed limit and the longest wait', () => {
  fc.assert(
    fc.property(state, (state) => {
      const decision = decideLogin(state)
      if (decision.kind === 'allowed') return
      const passed = [
        ...state.usages.map((usage) => ({ ...usage, waitMs: usage.endsInMs })),
        ...state.backoffs.map((backoff) => ({ ...backoff, waitMs: backoff.closedForMs })),
      ].filter(({ value, allowed, waitMs }) => value > allowed && waitMs > 0)
      const longest = Math.max(...passed.map(({ waitMs }) => waitMs))
      expect(decision.waitSeconds).toBe(Math.ceil(longest / 1000))
      expect(passed.map(({ limit, allowed }) => ({ name: limit, count: allowed }))).toContainEqual(
        decision.limit,
      )
    }),
  )
})

test('a wait is told as a second at least', () => {
  const over = { limit: 'login_address', allowed: 1, value: 2, endsInMs: 0 }
  const decision = decideLogin({ usages: [over], backoffs: [], maxDelaySeconds: 900 })
  expect(decision).toMatchObject({ kind: 'refused', waitSeconds: 1 })
})

test('each wait is twice the one before, from 2 seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), maxDelaySeconds, (strikes, maxDelaySeconds) => {
      const over = { limit: 'login_device', allowed: 5, value: 6, endsInMs: 1, strikes, closedForMs: 0 }
      const delayAfter = (strikes: number) => {
        const decision = decideLogin({ usages: [], backoffs: [{ ...over, strikes }], maxDelaySeconds })
        return decision.kind === 'allowed' ? decision.delays[0] : undefined
      }
      expect(delayAfter(0)).toBe(Math.min(2, maxDelaySeconds))
      expect(delayAfter(strikes + 1)).toBe(Math.min(2 * (delayAfter(strikes) ?? 0), maxDelaySeconds))
    }),
  )
})

test('within what is allowed no wait begins, whatever waits ran before', () => {
  fc.assert(
    fc.property(backoff, maxDelaySeconds, (backoff, maxDelaySeconds) => {
      const within = { ...backoff, value: backoff.allowed }
      expect(decideLogin({ usages: [], backoffs: [within], maxDelaySeconds })).toEqual({
        kind: 'allowed',
        delays: [0],
      })
    }),
  )
})
