import { expect, test } from 'vitest'
import { isAffordable } from '../../src/passwords/costs.ts'
import {
  addAccountWithHash,
  createHashingService,
  djangoPbkdf2,
  openDatabase,
  password,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createHashingService(db)
const today = { memoryKib: 19_456, timeCost: 2, parallelism: 1 }

test.each([1_000_000, 1_800_000])('a hash of Django with %d rounds logs in', async (rounds) => {
  const { email } = await addAccountWithHash(db, djangoPbkdf2(password, rounds))
  expect((await service.login(email, password)).status).toBe(200)
})

test('a hash of Django with more rounds than that is never computed', async () => {
  const stored = 'pbkdf2_sha256$99999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
  const { email } = await addAccountWithHash(db, stored)
  const since = performance.now()
  expect((await service.login(email, password)).status).toBe(401)
  expect(performance.now() - since).toBeLessThan(10_000)
})

const salted = (parameters: string) => `$argon2id$v=19$${parameters}$c2FsdHNhbHQ$ZGlnZXN0`

test.each([
  ['pbkdf2_sha256$1800001$salt$digest', false],
  ['pbkdf2_sha256$1800000$salt$digest', true],
  [salted('m=262144,t=7,p=1'), true],
  [salted('m=262145,t=1,p=1'), false],
  [salted('m=262144,t=8,p=1'), false],
  [salted('t=8,m=262144,p=1'), false],
  [salted('m=4294967295,t=1,p=1'), false],
  [salted('m=8,t=4294967295,p=1'), false],
  [salted('m=19456,t=2,p=64'), true],
  [salted('m=19456,t=2,p=65'), false],
  [salted('m=19456,t=2'), false],
  [`argon2${salted('m=262145,t=1,p=1')}`, false],
  ['!unusable', true],
])('a check of %s is affordable: %s', (stored, isIt) => {
  expect(isAffordable(stored, today)).toBe(isIt)
})

test("a hash within the settings' costs is always checked", () => {
  const strong = { memoryKib: 1_048_576, timeCost: 10, parallelism: 100 }
  expect(isAffordable(salted('m=1048576,t=10,p=100'), strong)).toBe(true)
  expect(isAffordable(salted('m=1048576,t=11,p=100'), strong)).toBe(false)
})
