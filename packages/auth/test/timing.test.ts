import { expect, test } from 'vitest'
import { addAccount, addAccountWithHash, createService, openDatabase, password } from './harness.ts'

/** Attempts per case: `TIMING_ROUNDS=2000` compares thousands of answers. */
const rounds = Number(process.env['TIMING_ROUNDS'] ?? 120)

/** Most that two kinds of failure may differ by, of the time of one: a twentieth, a millisecond of twenty. */
const limit = 0.05

const { db } = await openDatabase()
const service = await createService(db, { HASH_CONCURRENCY: '1' })

const active = await addAccount(service)
const inactive = await addAccount(service, { is_active: false })
const unusable = await addAccountWithHash(db, '!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5')

const same = {
  'wrong password': () => service.login(active.email, 'WrongPass123!'),
  'unknown email': () => service.login('nobody@example.com', password),
  'inactive account, right password': () => service.login(inactive.email, password),
  'inactive account, wrong password': () => service.login(inactive.email, 'WrongPass123!'),
  'unusable password': () => service.login(unusable.email, password),
}

/** Times each case as often, one after the other in a new random order each round, so that what slows the machine slows all alike. */
async function measure(cases: Record<string, () => Promise<{ status: number }>>, rounds: number) {
  const times = new Map(Object.keys(cases).map((name) => [name, new Array<number>()]))
  for (let round = -5; round < rounds; round += 1) {
    for (const [name, attempt] of shuffle(Object.entries(cases))) {
      const since = performance.now()
      const { status } = await attempt()
      if (round >= 0) times.get(name)?.push(performance.now() - since)
      expect([name, status]).toEqual([name, 401])
    }
  }
  return times
}

function shuffle<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** What a stranger would look at: noise only ever adds to a time, so the lower quartile says most of what a case costs. */
function quartile(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN
}

/** How sure two samples are of different cost: the z of Mann and Whitney's U. Beyond 4 it is no chance. */
function mannWhitney(one: number[], other: number[]): number {
  const all = [
    ...one.map((time) => ({ time, isOne: true })),
    ...other.map((time) => ({ time, isOne: false })),
  ]
  const rankSum = all
    .toSorted((a, b) => a.time - b.time)
    .reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0)
  const [n, m] = [one.length, other.length]
  const u = rankSum - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

/** The difference from the first case, as a part of its time, and whether it is more than chance. */
function compare(times: Map<string, number[]>) {
  const [[, base = []] = [], ...others] = times
  return others.map(([name, sample]) => {
    const difference = quartile(sample) / quartile(base) - 1
    return { name, difference, isSure: Math.abs(mannWhitney(sample, base)) > 4 }
  })
}

const isTold = ({ difference, isSure }: { difference: number; isSure: boolean }) =>
  isSure && Math.abs(difference) > limit

test('the time of a failed login does not tell an unknown email from a wrong password or a closed account', async () => {
  const compared = compare(await measure(same, rounds))
  expect(compared).toHaveLength(4)
  expect(compared.filter(isTold)).toEqual([])
})

test('the measure finds a difference of a tenth', async () => {
  const times = await measure({ 'wrong password': same['wrong password'] }, 60)
  const base = times.get('wrong password') ?? []
  const slower = base.map((time) => time * 1.1)
  const many = (sample: number[]) => Array.from({ length: 20 }, () => sample).flat()
  expect(
    compare(
      new Map([
        ['base', many(base)],
        ['slower', many(slower)],
      ]),
    ).filter(isTold),
  ).toHaveLength(1)
})
