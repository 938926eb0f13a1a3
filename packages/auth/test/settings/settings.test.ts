import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { authSettings, readAuthSettings } from '../../src/settings/settings.ts'
import { adminSettings } from '../../src/admin/admin.ts'
import { SettingsError, readSettings } from '@pockitflyer/server/settings'

const SECRET_KEY = 'x'.repeat(32)

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readAuthSettings(env)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test('with SECRET_KEY alone, every setting has the value of the contract', () => {
  expect(readAuthSettings({ SECRET_KEY })).toEqual({
    secretKey: SECRET_KEY,
    signingKey: undefined,
    verifyingKeys: [],
    accessTokenLifetimeSeconds: 86_400,
    refreshTokenLifetimeSeconds: 604_800,
    sessionMaxLifetimeSeconds: 7_776_000,
    sessionsPerUser: 100,
    refreshReuseGraceSeconds: 30,
    rotateRefreshTokens: true,
    blacklistAfterRotation: false,
    leewaySeconds: 0,
    issuer: undefined,
    audience: undefined,
    registration: true,
    languages: [],
    userIdGap: 100_000,
    passwords: {
      minLength: 8,
      memoryKib: 19_456,
      timeCost: 2,
      parallelism: 1,
      concurrency: Math.min(availableParallelism() + 2, 4),
      queue: 64,
    },
    limits: {
      isOn: true,
      loginFailuresOfAddress: { count: 100, seconds: 3600 },
      loginFailuresOfDevice: { count: 5, seconds: 86_400 },
      loginFailuresOfAccount: { count: 20, seconds: 86_400 },
      loginsOfAddress: { count: 1000, seconds: 3600 },
      loginsOfAccount: { count: 100, seconds: 3600 },
      loginMaxDelaySeconds: 900,
      registrations: { count: 20, seconds: 3600 },
      passwordChanges: { count: 10, seconds: 3600 },
      writes: { count: 300, seconds: 3600 },
      refreshes: { count: 600, seconds: 60 },
      mailRequests: { count: 20, seconds: 3600 },
      mailboxes: { count: 30, seconds: 86400 },
    },
    mails: { isOn: false, verification: 'off', change: 'notify', key: undefined, oldKey: undefined },
  })
})

test('all problems are told at once, each with its fix', () => {
  const env = {
    SECRET_KEY: 'short',
    ALGORITHM: 'none',
    ACCESS_TOKEN_LIFETIME: '24',
    REFRESH_TOKEN_LIFETIME: '0d',
    SESSION_MAX_LIFETIME: '-1d',
    REFRESH_REUSE_GRACE: '1.5s',
    ROTATE_REFRESH_TOKENS: 'yes',
    BLACKLIST_AFTER_ROTATION: '1',
    LEEWAY: '9999999999s',
    REGISTRATION: 'on',
    PASSWORD_MIN_LENGTH: '7',
    ARGON2_MEMORY_KIB: '1024',
    ARGON2_TIME_COST: '1',
    ARGON2_PARALLELISM: '0',
    HASH_CONCURRENCY: 'all',
    HASH_QUEUE: '-1',
  }
  expect(problemsOf(env)).toEqual([
    'SECRET_KEY must be at least 32 bytes; make one with: openssl rand -base64 48',
    'ALGORITHM must be HS256, EdDSA, ES256 or RS256',
    'ACCESS_TOKEN_LIFETIME must be a whole number and a unit (s, m, h or d), for example 24h',
    'REFRESH_TOKEN_LIFETIME must be more than 0',
    'SESSION_MAX_LIFETIME must be a whole number and a unit (s, m, h or d), for example 90d',
    'REFRESH_REUSE_GRACE must be a whole number and a unit (s, m, h or d), for example 30s',
    'ROTATE_REFRESH_TOKENS must be true or false',
    'BLACKLIST_AFTER_ROTATION must be true or false',
    'LEEWAY must be a whole number and a unit (s, m, h or d), for example 0s',
    'REGISTRATION must be true or false',
    'PASSWORD_MIN_LENGTH must be a whole number from 8 to 128',
    'ARGON2_MEMORY_KIB must be a whole number from 19456 to 4194304',
    'ARGON2_TIME_COST must be a whole number from 2 to 100',
    'ARGON2_PARALLELISM must be a whole number from 1 to 64',
    'HASH_CONCURRENCY must be a whole number from 1 to 1024',
    'HASH_QUEUE must be a whole number from 0 to 100000',
  ])
  expect(() => readAuthSettings(env)).toThrow('The settings cannot be used:\n  SECRET_KEY must be')
  expect(() => readAuthSettings(env)).not.toThrow('short')
})

/** The least and the most of each number, and what lies just beyond. */
test.each([
  ['SESSIONS_PER_USER', '1', '10000', '0', '10001'],
  ['USER_ID_GAP', '1', '10000000', '0', '10000001'],
  ['PASSWORD_MIN_LENGTH', '8', '128', '7', '129'],
  ['ARGON2_MEMORY_KIB', '19456', '4194304', '19455', '4194305'],
  ['ARGON2_TIME_COST', '2', '100', '1', '101'],
  ['ARGON2_PARALLELISM', '1', '64', '0', '65'],
  ['HASH_CONCURRENCY', '1', '1024', '0', '1025'],
  ['HASH_QUEUE', '0', '100000', '-1', '100001'],
])('%s goes from %s to %s', (name, least, most, ...beyond) => {
  for (const value of [least, most]) expect(problemsOf({ SECRET_KEY, [name]: value })).toEqual([])
  for (const value of beyond)
    expect(problemsOf({ SECRET_KEY, [name]: value })).toEqual([
      `${name} must be a whole number from ${least} to ${most}`,
    ])
})

test.each([
  ['SESSION_MAX_LIFETIME', '3651d', 'must be at most ten years, 3650d'],
  ['LOGIN_MAX_DELAY', '0s', 'must be more than 0'],
  ['RATE_LIMITS', 'true', 'must be on or off'],
  ['LOGINS_PER_ADDRESS', '0/1h', 'must be how often in how long, for example 1000/1h'],
  ['WRITES_PER_USER', '1/0h', 'must be how often in how long, for example 300/1h'],
  ['REFRESHES_PER_ADDRESS', '1/3651d', 'must be within ten years, 3650d, at most'],
  ['DEVICE_TOKEN_KEY', 'x'.repeat(31), 'must be at least 32 bytes; make one with: openssl rand -base64 48'],
])('%s cannot be %s', (name, value, problem) => {
  expect(problemsOf({ SECRET_KEY, [name]: value })).toEqual([`${name} ${problem}`])
})

test('a span may last ten years, grace and leeway may be none', () => {
  const env = {
    SESSION_MAX_LIFETIME: '3650d',
    REFRESH_REUSE_GRACE: '0s',
    LEEWAY: '0s',
    WRITES_PER_USER: '1/3650d',
  }
  expect(problemsOf({ SECRET_KEY, ...env })).toEqual([])
})

test('a missing key stops the start and says how to make one', () => {
  for (const missing of [{}, { SECRET_KEY: undefined }, { SECRET_KEY: '' }]) {
    expect(problemsOf(missing)).toEqual(['SECRET_KEY is missing; make one with: openssl rand -base64 48'])
  }
})

test('the length of a key counts in bytes', () => {
  expect(problemsOf({ SECRET_KEY: 'x'.repeat(31) })).toHaveLength(1)
  expect(problemsOf({ SECRET_KEY: `${'x'.repeat(30)}é` })).toEqual([])
})

test('a variable that is empty counts as absent', () => {
  const names = Object.keys(authSettings.in.shape).filter((name) => name !== 'SECRET_KEY')
  const empty = Object.fromEntries(names.map((name) => [name, '']))
  expect(readAuthSettings({ SECRET_KEY, ...empty })).toEqual(readAuthSettings({ SECRET_KEY }))
})

test.each([
  ['45s', 45],
  ['15m', 900],
  ['2h', 7200],
  ['30d', 2_592_000],
])('a lifetime of %s is %i seconds', (text, seconds) => {
  expect(readAuthSettings({ SECRET_KEY, ACCESS_TOKEN_LIFETIME: text }).accessTokenLifetimeSeconds).toBe(
    seconds,
  )
})

test.each(['24', 'h', '1.5h', '-1h', '1 h', '24H', '1w', '1h30m', '0x10s'])('%j is no lifetime', (text) => {
  expect(problemsOf({ SECRET_KEY, ACCESS_TOKEN_LIFETIME: text })).toHaveLength(1)
})

test("an app's settings are read together, with all problems at once", () => {
  const schema = z.intersection(authSettings, z.object({ PORT: z.string('is missing') }))
  expect(readSettings(schema, { SECRET_KEY, PORT: '1' })).toMatchObject({ secretKey: SECRET_KEY, PORT: '1' })
  expect(() => readSettings(schema, {})).toThrow(/SECRET_KEY is missing[^]*PORT is missing/)
})

test('a tool that only stores passwords needs no key', () => {
  expect(readSettings(adminSettings, { HASH_QUEUE: '3' })).toEqual({
    passwords: { ...readAuthSettings({ SECRET_KEY }).passwords, queue: 3 },
    userIdGap: 100_000,
    mails: { isOn: false },
  })
})
