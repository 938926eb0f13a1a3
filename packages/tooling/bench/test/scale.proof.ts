import { expect, test } from 'vitest'
import type { Costs } from '../src/scale/costs.ts'
import { computeLimits } from '../src/scale/limits.ts'
import { computeNeeds } from '../src/scale/needs.ts'
import { computeStorm } from '../src/scale/storm.ts'

const costs: Costs = {
  hashMs: 12,
  apiMs: { login: 3, refresh: 0.6, me: 0.3 },
  databaseMs: { login: 0.6, refresh: 0.3, me: 0.12 },
  rotationsPerCore: 5000,
  instanceMb: 250,
  cores: 2,
  rowBytes: { users: 300, profiles: 100, sessions: 400, auth_events: 200 },
  log: { login: { recordBytes: 2000, pages: 5 }, refresh: { recordBytes: 200, pages: 1 } },
}

/**
 * A million logins each 30 days and a fifth as many wrong passwords; as many refreshes a day, and
 * half as many logouts as logins.
 */
const loginsPerSecond = (1e6 / 30 / 86_400) * 1.2
const refreshesPerSecond = (1e6 + 1e6 / 60) / 86_400

test('a million daily users need what is computed by hand', () => {
  const needs = computeNeeds(costs, 1e6)

  expect(needs.average.me).toBeCloseTo(115.741, 3)
  expect(needs.peak.me).toBeCloseTo(347.222, 3)
  expect(needs.average.login).toBeCloseTo(loginsPerSecond, 9)
  expect(needs.average.refresh).toBeCloseTo(refreshesPerSecond, 9)
  // 0.463 logins a second, 3 × at the peak, 12 ms each, 60 % busy.
  expect(needs.cores.hashing).toBeCloseTo(0.02778, 5)
  // 347.222 × 0.12 ms / 0.6
  expect(needs.cores.databaseReads).toBeCloseTo(0.06944, 5)
  expect(needs.rows).toMatchObject({ users: 4e6, profiles: 4e6, sessions: 3e6 })
  // 1.7 events to a login: 1e6 / 30 × 1.7 × 365.
  expect(needs.rows.auth_events).toBeCloseTo(20_683_333, 0)
  expect(needs.bytes.sessions).toBe(1.2e9)
  expect(needs.rowsWrittenPerSecond).toBeCloseTo(3 * (3 * loginsPerSecond + refreshesPerSecond), 9)
  const bytes = loginsPerSecond * (2000 + 5 * 8192) + refreshesPerSecond * (200 + 8192)
  expect(needs.logMbPerSecond.withImages).toBeCloseTo((3 * bytes) / 1e6, 9)
})

test('twice the users need twice everything, at least two instances', () => {
  const [one, two] = [computeNeeds(costs, 1e9), computeNeeds(costs, 2e9)]

  expect(two.cores.hashing / one.cores.hashing).toBeCloseTo(2, 9)
  expect(two.cores.api / one.cores.api).toBeCloseTo(2, 9)
  expect(two.bytes.auth_events / one.bytes.auth_events).toBeCloseTo(2, 9)
  expect(two.logMbPerSecond.records / one.logMbPerSecond.records).toBeCloseTo(2, 9)
  expect(computeNeeds(costs, 1)).toMatchObject({ instances: 2, connections: 20, instanceGb: 0.5 })
})

test('a limit is reached at full capacity, the first limit first', () => {
  const limits = computeLimits(costs)
  const usersOf = (name: string) =>
    limits.find((limit) => limit.name.startsWith(name))?.dailyUsers ?? Number.NaN

  // A million users have 1.2 GB of sessions.
  expect(usersOf('`sessions`: 100 GB')).toBeCloseTo((100 / 1.2) * 1e6, 0)
  // Two instances hash on eight cores: 8 × 3600 s / 12 ms.
  expect(usersOf('Everybody logs in again within an hour: hashing')).toBeCloseTo(2.4e6, 0)
  const { databaseReads, databaseWrites } = computeNeeds(costs, usersOf('PostgreSQL on 16 cores')).cores
  expect(databaseReads + databaseWrites).toBeCloseTo(16, 6)
  expect(limits.map(({ dailyUsers }) => dailyUsers)).toEqual(
    limits.map(({ dailyUsers }) => dailyUsers).toSorted((a, b) => a - b),
  )
})

test('a storm of logins lasts as long as its hashes take', () => {
  // 1e6 × 12 ms on the eight cores of two instances.
  expect(computeStorm(costs, 1e6)).toMatchObject({ hashCores: 8, loginSeconds: 1500, refreshSeconds: 300 })
  expect(computeStorm(costs, 1e6).hashCoresForHour).toBeCloseTo(3.333, 3)
})
