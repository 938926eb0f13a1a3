import { expect, test, vi } from 'vitest'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { createPasswords } from '../../src/passwords/passwords.ts'
import { createFailureDelay, kindOf, type FailureDelay } from '../../src/passwords/failure-delay.ts'
import { createHashingService, djangoPbkdf2, openDatabase, password } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'

const { db } = await openDatabase()

/** A check that ended just now. */
const check = (kind: string, ms: number, ranAlone = true) => ({
  kind,
  ms,
  since: performance.now() - ms,
  ranAlone,
})

const learn = (delay: FailureDelay, kind: string, ms: number, times: number, ranAlone = true) => {
  for (let time = 0; time < times; time += 1) delay.learn(check(kind, ms, ranAlone))
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

/**
 * A delay that knows one check against a current hash, of 10 ms, and one of Django's, of 500 ms.
 */
function twoKinds(): FailureDelay {
  const delay = createFailureDelay('argon2')
  learn(delay, 'argon2', 10, 1)
  learn(delay, 'pbkdf2', 500, 1)
  return delay
}

test('a refusal lasts as long as the slowest hash, itself unheld', async () => {
  const delay = twoKinds()
  expect(await msOf(() => delay.delayToSlowest(check('argon2', 10)))).toBeGreaterThanOrEqual(489)
  expect(await msOf(() => delay.delayToSlowest(check('pbkdf2', 500)))).toBeLessThan(300)
})

test('a check slower than its kind is held longer', async () => {
  const delay = twoKinds()
  expect(await msOf(() => delay.delayToSlowest(check('argon2', 20)))).toBeGreaterThanOrEqual(979)
})

test("any cheaper hash keeps its queue place as long as today's", async () => {
  const delay = twoKinds()
  learn(delay, 'older', 2, 1)
  learn(delay, 'argon2', 400, 4)
  expect(await msOf(() => delay.delayToCurrent(check('older', 2)))).toBeGreaterThanOrEqual(397)
  for (const dearer of [check('argon2', 10), check('pbkdf2', 500)]) {
    expect(await msOf(() => delay.delayToCurrent(dearer))).toBeLessThan(300)
  }
})

test('nothing is held while one kind of hash is used', async () => {
  const delay = createFailureDelay('argon2')
  learn(delay, 'argon2', 10, 1)
  learn(delay, 'argon2', 1000, 3)
  expect(await msOf(() => delay.delayToCurrent(check('argon2', 10)))).toBeLessThan(500)
  expect(await msOf(() => delay.delayToSlowest(check('argon2', 10)))).toBeLessThan(500)
})

test.each([
  [
    'a kind that took longer before',
    (delay: FailureDelay) => {
      learn(delay, 'pbkdf2', 1000, 40)
      learn(delay, 'pbkdf2', 20, 32)
    },
  ],
  ['checks that ran beside others', (delay: FailureDelay) => learn(delay, 'argon2', 1000, 40, false)],
  [
    'a moment when the process stood still',
    (delay: FailureDelay) => {
      learn(delay, 'argon2', 10, 11)
      learn(delay, 'argon2', 60_000, 4)
    },
  ],
])('%s does not make a refusal last longer', async (_, happen) => {
  const delay = createFailureDelay('argon2')
  learn(delay, 'argon2', 10, 1)
  learn(delay, 'pbkdf2', 20, 1)
  happen(delay)
  expect(await msOf(() => delay.delayToSlowest(check('argon2', 10)))).toBeLessThan(500)
})

test('a process that stood still holds no user that long', async () => {
  const delay = twoKinds()
  const held = await msOf(() => delay.delayToSlowest(check('argon2', 3_600_000)))
  expect(held, 'two seconds beyond the check itself').toBeGreaterThanOrEqual(1989)
  expect(held).toBeLessThan(3000)
})

test('a kind is known from its first check, even in parallel', async () => {
  const delay = createFailureDelay('argon2')
  learn(delay, 'argon2', 10, 1)
  learn(delay, 'pbkdf2', 300, 1, false)
  expect(await msOf(() => delay.delayToSlowest(check('argon2', 10)))).toBeGreaterThanOrEqual(289)
})

test('a refusal lasts as long as most checks of the slowest', async () => {
  const delay = createFailureDelay('argon2')
  learn(delay, 'argon2', 10, 1)
  learn(delay, 'pbkdf2', 20, 2)
  for (const ms of [300, 1500]) learn(delay, 'pbkdf2', ms, 1)
  const held = await msOf(() => delay.delayToSlowest(check('argon2', 10)))
  expect(held).toBeGreaterThanOrEqual(289)
  expect(held).toBeLessThan(1000)
})

test('hashes of equal cost are one kind, whatever their salts', async () => {
  const [today, stronger] = await Promise.all([
    createHashingService(db),
    createHashingService(db, { ARGON2_TIME_COST: '3' }),
  ])
  const kinds = [
    await today.auth.passwords.hash('one'),
    await today.auth.passwords.hash('another'),
    await stronger.auth.passwords.hash('one'),
    djangoPbkdf2('one', 1000, 'salt'),
    djangoPbkdf2('another', 1000, 'pepper'),
    djangoPbkdf2('one', 2000, 'salt'),
    'argon2$argon2id$v=19$m=8192,t=2,p=1$c2FsdHNhbHQ$ZGlnZXN0',
    'pbkdf2_sha1$1000$salt$digest',
    'bcrypt$$2b$12$saltAndDigest',
    'bcrypt_sha256$$2b$13$saltAndDigest',
    'scrypt$16384$salt$8$1$digest',
    'scrypt$16384$pepper$8$5$digest',
    'scrypt',
    'md5$salt$digest',
  ].map(kindOf)
  expect(kinds).toEqual([
    '$argon2id$v=19$m=19456,t=2,p=1',
    '$argon2id$v=19$m=19456,t=2,p=1',
    '$argon2id$v=19$m=19456,t=3,p=1',
    'pbkdf2_sha256$1000',
    'pbkdf2_sha256$1000',
    'pbkdf2_sha256$2000',
    'argon2$argon2id$v=19$m=8192,t=2,p=1',
    'pbkdf2_sha1$1000',
    'bcrypt$$2b$12',
    'bcrypt_sha256$$2b$13',
    'scrypt$16384$$8$1',
    'scrypt$16384$$8$5',
    '',
    'md5',
  ])
})

test("a refused cheaper hash keeps its place as long as today's", async () => {
  const waits: number[] = []
  const env = { SECRET_KEY: secretKey, HASH_CONCURRENCY: '1', ARGON2_TIME_COST: '10' }
  const passwords = createPasswords(readAuthSettings(env).passwords, {
    dequeued: (seconds) => void waits.push(seconds),
  })
  const usual = await msOf(() => passwords.verify(undefined, 'wrong'))
  await Promise.all([passwords.verify(djangoPbkdf2('right', 1), 'wrong'), passwords.hash('next')])
  expect((waits.at(-1) ?? 0) * 1000).toBeGreaterThan(usual / 2)
})

test('a right password is not held', async () => {
  const { passwords } = (await createHashingService(db)).auth
  const hash = await passwords.hash(password)
  await passwords.verify(djangoPbkdf2(password, 1_500_000), password)
  const refused = await msOf(() => passwords.verify(hash, 'wrong'))
  const right: number[] = []
  for (let count = 0; count < 5; count += 1) right.push(await msOf(() => passwords.verify(hash, password)))
  expect(Math.min(...right)).toBeLessThan(refused / 2)
})

test('an overdue hold sets no timer for a negative time', async () => {
  const delay = twoKinds()
  const warnings: string[] = []
  const note = ({ name }: Error) => void warnings.push(name)
  process.on('warning', note)
  // Each look at the clock finds it 300 ms on.
  let clock = 0
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 300))
  try {
    await delay.delayToSlowest({ kind: 'argon2', ms: 10, since: 0, ranAlone: true })
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    now.mockRestore()
    process.off('warning', note)
  }
  expect(warnings).toEqual([])
})
