import { expect, test } from 'vitest'
import { createRefusals, type Refusals } from '../src/passwords/refusals.ts'

/** The milliseconds that a refusal is held after a check that took so many. */
async function heldFor(refusals: Refusals, ms: number): Promise<number> {
  const since = performance.now()
  await refusals.hold(ms)
  return performance.now() - since
}

test('a refusal lasts as long as the slowest kind of hash, and the slowest is not held', async () => {
  const refusals = createRefusals()
  refusals.learn('argon2', 10)
  refusals.learn('pbkdf2', 500)
  expect(await heldFor(refusals, 200)).toBeGreaterThanOrEqual(300)
  expect(await heldFor(refusals, 500)).toBeLessThan(300)
})

test('nothing is held while one kind of hash is in use, whatever it costs', async () => {
  const refusals = createRefusals()
  expect(await heldFor(refusals, 0)).toBeLessThan(1000)
  refusals.learn('argon2', 10)
  refusals.learn('argon2', 5000)
  expect(await heldFor(refusals, 10)).toBeLessThan(1000)
})

test('what a kind costs is forgotten when it costs less now', async () => {
  const refusals = createRefusals()
  refusals.learn('argon2', 10)
  for (let check = 0; check < 40; check += 1) refusals.learn('pbkdf2', 2000)
  for (let check = 0; check < 40; check += 1) refusals.learn('pbkdf2', 20)
  expect(await heldFor(refusals, 10)).toBeLessThan(1000)
})

test('a process that stood still for an hour holds no refusal for one', async () => {
  const refusals = createRefusals()
  refusals.learn('argon2', 10)
  refusals.learn('pbkdf2', 3_600_000)
  expect(await heldFor(refusals, 1990)).toBeLessThan(1000)
})
