import { expect, test } from 'vitest'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { createAddressLimit, createRateLimit } from '../../src/throttle/rate-limit.ts'
import { createLimits } from '../../src/throttle/rate-limits.ts'
import { createMemoryStore } from '../../src/throttle/stores.ts'
import { openDatabase } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'
import { openRedis } from '../support/redis.ts'

const { db } = await openDatabase()
const redis = await openRedis()

test('of several networks that are used up the longest wait is told', async () => {
  let nowMs = 0
  const limit = createAddressLimit(createMemoryStore({ now: () => nowMs }), 'test', {
    count: 1,
    seconds: 3600,
  })
  await limit.consume('2001:db8:0:1::1')
  nowMs = 1_800_000
  await limit.consume('2001:db8:0:2::1')
  await expect(limit.consume('2001:db8:0:2::1')).rejects.toMatchObject({
    retryAfterSeconds: 3600,
    limit: { name: 'test', count: 1 },
  })
})

test.each([
  [1, '1 second'],
  [2, '2 seconds'],
])('a wait of %d s is told as %s', async (seconds, wait) => {
  const limit = createRateLimit(createMemoryStore({ now: () => 0 }), 'test', { count: 1, seconds })
  await limit.consume('key')
  await expect(limit.consume('key')).rejects.toMatchObject({
    message: `Request was throttled. Expected available in ${wait}.`,
    retryAfterSeconds: seconds,
  })
})

const once = { count: 1, seconds: 3600 }

test.each([
  ['registrations', 'register'],
  ['passwordChanges', 'password_change'],
  ['writes', 'write'],
  ['throttledLogins', 'login_throttled'],
  ['refreshes', 'refresh'],
  ['mailRequests', 'mail_request'],
  ['mailboxes', 'mailbox'],
] as const)('a refusal of %s names the limit %s', async (kind, name) => {
  const { limits } = readAuthSettings({ SECRET_KEY: secretKey, RATE_LIMITS: 'on' })
  const rates = { registrations: once, passwordChanges: once, writes: once, refreshes: once }
  const limit = createLimits({ ...limits, ...rates, mailRequests: once, mailboxes: once }, { db })[kind]
  await limit.consume('198.51.100.1')
  await expect(limit.consume('198.51.100.1')).rejects.toMatchObject({ limit: { name, count: 1 } })
})

test.skipIf(redis === undefined)('limits that hold across servers count in Redis', async () => {
  if (redis === undefined) return
  const limits = createLimits(readAuthSettings({ SECRET_KEY: secretKey }).limits, { db, redis })
  await expect
    .poll(async () => {
      await limits.registrations.consume('198.51.100.77')
      return redis.sendCommand(['EXISTS', 'pockitflyer:register:198.51.100.77'])
    })
    .toBe(1)
})
