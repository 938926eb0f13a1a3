import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { deleteEndedRateLimits } from '../../src/db/rate-limits.ts'
import { createSqlStore, startClearing } from '../../src/throttle/sql-store.ts'
import { withFallback } from '../../src/throttle/fallback-store.ts'
import { createRedisStore } from '../../src/throttle/redis-store.ts'
import { type CountStore, createMemoryStore, forget } from '../../src/throttle/stores.ts'
import { openDatabase } from '../support/harness.ts'
import { openRedis } from '../support/redis.ts'

const { db } = await openDatabase()
const redis = await openRedis()

const yearSeconds = 365 * 86_400

let made = 0
/** A key that no other test uses. */
const inventKey = () => `test:${(made += 1)}`

const change = (key: string, by: number, windowSeconds = 60) => ({ key, by, windowSeconds })

async function valuesOf(store: CountStore, changes: { key: string; by: number; windowSeconds: number }[]) {
  return (await store.change(changes)).map(({ value }) => value)
}

const stores = {
  memory: createMemoryStore(),
  PostgreSQL: createSqlStore(db),
  ...(redis && { Redis: createRedisStore(redis) }),
}

test.each(Object.entries(stores))(
  'counts in %s add up, never fall below 0 and can be forgotten',
  async (_, store) => {
    const [one, other] = [inventKey(), inventKey()]
    expect(await valuesOf(store, [change(other, 1), change(one, 1)])).toEqual([1, 1])
    expect(await valuesOf(store, [change(one, 2), change(other, 0)])).toEqual([3, 1])
    expect(await valuesOf(store, [change(one, forget), change(other, -1)])).toEqual([0, 0])
    expect(await valuesOf(store, [change(inventKey(), -1), change(one, 1)])).toEqual([0, 1])
    expect(await valuesOf(store, [change(one, 0), change(inventKey(), 0)])).toEqual([1, 0])
  },
)

test.each(Object.entries(stores))('what is taken from no count in %s is no credit', async (_, store) => {
  const key = inventKey()
  await store.change([change(key, -1)])
  expect(await valuesOf(store, [change(key, 1)])).toEqual([1])
})

test.each(Object.entries(stores))('of changes at once each in %s sees the ones before', async (_, store) => {
  const keys = [inventKey(), inventKey()]
  const changed = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      valuesOf(
        store,
        (index % 2 === 0 ? keys : keys.toReversed()).map((key) => change(key, 1)),
      ),
    ),
  )
  const expected = Array.from({ length: 40 }, (_, index) => index + 1)
  expect(changed.map(([value = 0]) => value).length).toBe(40)
  const ofFirst = changed.map((values, index) => values[index % 2 === 0 ? 0 : 1] ?? 0)
  expect(ofFirst.toSorted((one, other) => one - other)).toEqual(expected)
})

test.each(Object.entries(stores))('a window of ten years in %s lasts ten years', async (_, store) => {
  const key = inventKey()
  const [count] = await store.change([change(key, 1, 10 * yearSeconds)])
  expect(count?.endsInMs).toBeGreaterThan(9.99 * yearSeconds * 1000)
  expect(await valuesOf(store, [change(key, 1, 10 * yearSeconds)])).toEqual([2])
})

test.each(Object.entries(stores))('each count of a call in %s has its own window', async (_, store) => {
  const changes = [change(inventKey(), 1, 60), change(inventKey(), 1, 3600)]
  for (const values of [
    [1, 1],
    [2, 2],
  ]) {
    const [minute, hour] = await store.change(changes)
    expect([minute?.value, hour?.value]).toEqual(values)
    expect((hour?.endsInMs ?? 0) - (minute?.endsInMs ?? 0)).toBeCloseTo(3_540_000, -1)
  }
})

test('a count in memory restarts when its window is over', async () => {
  let nowMs = 0
  const store = createMemoryStore({ now: () => nowMs })
  await store.change([change('key', 1, 60)])
  nowMs = 59_999
  expect(await store.change([change('key', 1, 60)])).toEqual([{ value: 2, endsInMs: 1 }])
  nowMs = 60_000
  expect(await store.change([change('key', 1, 60)])).toEqual([{ value: 1, endsInMs: 60_000 }])
})

test('memory holds so many counts and no more: the oldest go', async () => {
  const store = createMemoryStore({ maxCounts: 3 })
  for (const key of ['a', 'b', 'c', 'd']) await store.change([change(key, 1)])
  expect(await valuesOf(store, [change('a', 0), change('b', 0), change('d', 0)])).toEqual([0, 1, 1])
})

test('counts that are over make room for new ones in memory', async () => {
  let nowMs = 0
  const store = createMemoryStore({ now: () => nowMs, maxCounts: 2 })
  await store.change([change('hour', 1, 3600), change('minute', 1, 60)])
  nowMs = 60_000
  await store.change([change('new', 1)])
  expect(await valuesOf(store, [change('hour', 0), change('new', 0)])).toEqual([1, 1])
})

test('a count that is read is not written', async () => {
  const key = inventKey()
  expect(await valuesOf(createSqlStore(db), [change(key, 0)])).toEqual([0])
  expect(await countRows(key)).toBe(0)
})

test('a count in PostgreSQL begins anew when its window is over', async () => {
  const store = createSqlStore(db)
  const key = inventKey()
  await store.change([change(key, 5)])
  await sql`update rate_limits set expire = expire - 60001 where key = ${key}`.execute(db)
  expect(await store.change([change(key, 1)])).toEqual([{ value: 1, endsInMs: 60_000 }])
})

test.skipIf(redis === undefined)('a count in Redis restarts when its window is over', async () => {
  if (redis === undefined) return
  const store = createRedisStore(redis)
  const [key, endless] = [inventKey(), inventKey()]
  await store.change([change(key, 5)])
  await redis.sendCommand(['PEXPIRE', `pockitflyer:${key}`, '20000'])
  const [kept] = await store.change([change(key, 1)])
  expect(kept?.value).toBe(6)
  expect(kept?.endsInMs).toBeLessThanOrEqual(20_000)
  expect(kept?.endsInMs).toBeGreaterThan(1000)
  await redis.sendCommand(['PEXPIRE', `pockitflyer:${key}`, '0'])
  expect(await store.change([change(key, 1)])).toEqual([{ value: 1, endsInMs: 60_000 }])
  await redis.sendCommand(['SET', `pockitflyer:${endless}`, '7'])
  expect(await store.change([change(endless, 1)]), 'one without an end').toEqual([
    { value: 1, endsInMs: 60_000 },
  ])
})

test.skipIf(redis === undefined)('Redis keeps no count of 0, and what else it holds stays', async () => {
  if (redis === undefined) return
  const store = createRedisStore(redis)
  const key = inventKey()
  await redis.sendCommand(['SET', key, 'of another program'])
  await store.change([change(key, 1)])
  expect(await store.change([change(key, forget)])).toEqual([{ value: 0, endsInMs: 0 }])
  expect(await redis.sendCommand(['EXISTS', `pockitflyer:${key}`])).toBe(0)
  expect(await redis.sendCommand(['GET', key])).toBe('of another program')
})

const countRows = async (prefix: string) => {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from rate_limits where key like ${`${prefix}%`}`.execute(db)
  return rows[0]?.count
}

const insertRows = (prefix: string, count: number, endsInMs: number) =>
  sql`insert into rate_limits (key, points, expire)
      select ${prefix} || n, 1, (extract(epoch from now()) * 1000)::bigint + ${endsInMs}
      from generate_series(1, ${sql.lit(count)}) as n`.execute(db)

test('counts that are over are removed, and no others', async () => {
  await insertRows('over:', 10_500, -1)
  await insertRows('live:', 10, 60_000)
  expect(await deleteEndedRateLimits(db)).toBeGreaterThanOrEqual(10_500)
  expect([await countRows('over:'), await countRows('live:')]).toEqual([0, 10])
})

test('counts that are over are found by index', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain select key from rate_limits where expire < 1 order by expire limit 10000`.execute(db)
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('rate_limits_expire')
})

test('one process at a time removes counts that are over', async () => {
  await insertRows('shared:', 5, -1)
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('pockitflyer-auth rate limits'))`.execute(tx)
    expect(await deleteEndedRateLimits(db)).toBe(0)
  })
  expect(await deleteEndedRateLimits(db)).toBeGreaterThanOrEqual(5)
})

test('expired counts are removed for as long as the process lives', async () => {
  await insertRows('timed:', 5, -1)
  const clearing = startClearing(db, 20)
  await expect.poll(() => countRows('timed:')).toBe(0)
  clearing.stop()
})

/** A store that answers, fails or is silent, as it is told. */
function createFickleStore() {
  const store = createMemoryStore()
  let state: 'well' | 'failing' | 'silent' = 'well'
  return {
    become: (next: typeof state) => void (state = next),
    store: {
      async change(changes) {
        if (state === 'failing') throw new Error('READONLY')
        if (state === 'silent') return new Promise<never>(() => {})
        return store.change(changes)
      },
    } satisfies CountStore,
  }
}

test.each(['failing', 'silent'] as const)(
  'a %s store is replaced by memory, reported once, used again',
  async (trouble) => {
    const fickle = createFickleStore()
    const heard: string[] = []
    const store = withFallback(fickle.store, {
      fallback: createMemoryStore(),
      timeoutMs: 50,
      retryMs: 0,
      storeFailed: (error) => heard.push(String(error)),
      storeRecovered: () => heard.push('recovered'),
    })
    const add = () => valuesOf(store, [change('key', 1)])
    expect(await add()).toEqual([1])
    fickle.become(trouble)
    expect([await add(), await add(), await add()]).toEqual([[1], [2], [3]])
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatch(trouble === 'failing' ? 'READONLY' : 'no answer within 50 ms')
    if (trouble === 'silent') return
    fickle.become('well')
    await expect.poll(async () => (await add()) && heard.length).toBe(2)
    expect(heard[1]).toBe('recovered')
    expect((await add())[0]).toBeGreaterThan(2)
  },
)

test('a login asks no store that has failed', async () => {
  let calls = 0
  const failing: CountStore = {
    change: async () => Promise.reject(new Error('READONLY')),
    changeAndFindUser: async () => {
      calls += 1
      throw new Error('READONLY')
    },
  }
  const heard: unknown[] = []
  const store = withFallback(failing, {
    fallback: createMemoryStore(),
    storeFailed: (error) => heard.push(error),
  })
  const login = { changes: [change('key', 1)], email: 'ida@example.com', token: undefined }
  expect(await store.changeAndFindUser?.(login)).toBeUndefined()
  expect(await store.changeAndFindUser?.(login)).toBeUndefined()
  expect([calls, heard]).toEqual([1, [new Error('READONLY')]])
  expect(withFallback(createMemoryStore(), { fallback: failing })).not.toHaveProperty('changeAndFindUser')
})

test('a store that reads but cannot write is not back', async () => {
  const heard: string[] = []
  const readOnly: CountStore = {
    change: async (changes) => {
      if (changes.some(({ by }) => by !== 0)) throw new Error('OOM')
      return changes.map(() => ({ value: 0, endsInMs: 0 }))
    },
  }
  const store = withFallback(readOnly, {
    fallback: createMemoryStore(),
    retryMs: 0,
    storeFailed: () => heard.push('failed'),
    storeRecovered: () => heard.push('recovered'),
  })
  await store.change([change('key', 1)])
  for (let tries = 0; tries < 5; tries += 1) {
    await store.change([change('key', 0)])
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(heard).toEqual(['failed'])
})

test('memory keeps hourly counts when it clears expired ones', async () => {
  let nowMs = 0
  const store = createMemoryStore({ now: () => nowMs })
  await store.change([change('hour', 1, 3600), change('minute', 1, 30)])
  nowMs = 61_000
  expect(await valuesOf(store, [change('hour', 0), change('minute', 0)])).toEqual([1, 0])
})

test('a failed store rests between attempts, equally long each time', async () => {
  let [calls, nowMs] = [0, 1_000_000]
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  onTestFinished(() => clock.mockRestore())
  const store = withFallback(
    { change: async () => Promise.reject(new Error(`call ${(calls += 1)}`)) },
    { fallback: createMemoryStore(), retryMs: 60_000 },
  )
  const callsAfter = async (ms: number) => {
    nowMs += ms
    await store.change([change('key', 1)])
    await new Promise((resolve) => setImmediate(resolve))
    return calls
  }
  expect([await callsAfter(0), await callsAfter(0), await callsAfter(59_999)]).toEqual([1, 1, 1])
  expect([await callsAfter(1), await callsAfter(0), await callsAfter(59_999)]).toEqual([2, 2, 2])
  expect(await callsAfter(1)).toBe(3)
})

test('an answer in time leaves no timer behind', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const store = withFallback(createMemoryStore(), { fallback: createMemoryStore(), timeoutMs: 500 })
  expect(await valuesOf(store, [change('key', 1)])).toEqual([1])
  expect(vi.getTimerCount()).toBe(0)
})

test('a silent store is tried by one call at once', async () => {
  let calls = 0
  const silent: CountStore = {
    change: async () => {
      calls += 1
      return new Promise<never>(() => {})
    },
  }
  const store = withFallback(silent, { fallback: createMemoryStore(), timeoutMs: 10, retryMs: 0 })
  for (let count = 1; count <= 5; count += 1)
    expect(await valuesOf(store, [change('key', 1)])).toEqual([count])
  expect(calls).toBe(2)
})
