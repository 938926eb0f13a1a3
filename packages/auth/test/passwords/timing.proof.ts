import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import {
  addAccount,
  addAccountWithHash,
  createHashingService,
  createService,
  djangoPbkdf2,
  logIn,
  openDatabase,
  password,
  type Service,
} from '../support/harness.ts'
import { findSecrets } from '../support/email-changes.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'
import { times } from '../support/times.ts'

/**
 * Attempts per case: enough for a pass of argon2 more to stand out. `pnpm test:long` looks closer,
 * with 2000.
 */
const rounds = 50 * Math.min(times, 40)

/**
 * A second for each attempt, which takes some thirty milliseconds on a machine that does nothing
 * else.
 */
const timeLimit = (cases: number) => 30_000 + rounds * cases * 1000

/** Most that two kinds of failure may differ by, of the time of one: a twentieth. */
const limit = 0.05

const { db } = await openDatabase()

type Cases = Record<string, () => Promise<{ status: number }>>

/**
 * Times each case as often, one after the other in a new random order each round, so that what
 * slows the machine slows all alike.
 */
async function measure(cases: Cases, { count = rounds, expected = 401 } = {}) {
  const times = new Map(Object.keys(cases).map((name) => [name, new Array<number>()]))
  for (let round = -5; round < count; round += 1) {
    for (const [name, attempt] of shuffle(Object.entries(cases))) {
      const since = performance.now()
      const { status } = await attempt()
      if (round >= 0) times.get(name)?.push(performance.now() - since)
      expect([name, status]).toEqual([name, expected])
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

/**
 * What a stranger would look at: noise only ever adds to a time, so the lower quartile says most of
 * what a case costs.
 */
function quartile(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN
}

/**
 * How sure two samples are of different cost: the z of Mann and Whitney's U. Beyond 4 it is no
 * chance.
 */
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

/**
 * The difference from the first case, as a part of its time, and whether it is more than chance.
 */
function compare(times: Map<string, number[]>) {
  const [[, base = []] = [], ...others] = times
  return others.map(([name, sample]) => {
    const difference = quartile(sample) / quartile(base) - 1
    return { name, difference, isSure: Math.abs(mannWhitney(sample, base)) > 4 }
  })
}

/** Those that differ from the first so much that a stranger could measure it. */
const told = (times: Map<string, number[]>) =>
  compare(times).filter(({ difference, isSure }) => isSure && Math.abs(difference) > limit)

const wrong = 'WrongPass123!'

/** The ways to fail that every service has. */
async function failures(service: Service): Promise<Cases> {
  const active = await addAccount(service)
  const inactive = await addAccount(service, { is_active: false })
  const unusable = await addAccountWithHash(db, '!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5')
  return {
    'wrong password': () => service.login(active.email, wrong),
    'unknown email': () => service.login('nobody@example.com', password),
    'inactive account, right password': () => service.login(inactive.email, password),
    'inactive account, wrong password': () => service.login(inactive.email, wrong),
    'unusable password': () => service.login(unusable.email, password),
  }
}

/** The ways to fail with hashes from before the settings were raised, and from Django. */
async function failuresOfOld(service: Service): Promise<Cases> {
  const before = await createHashingService(db)
  const older = await addAccount(before)
  const inactive = await addAccount(before, { is_active: false })
  const smaller = await addAccountWithHash(db, await hash(password, { memoryCost: 8192 }))
  const django = await addAccountWithHash(db, djangoPbkdf2(password, 150_000))
  return {
    'hash with fewer passes': () => service.login(older.email, wrong),
    'hash with fewer passes, inactive account, right password': () => service.login(inactive.email, password),
    'hash with fewer passes, inactive account, wrong password': () => service.login(inactive.email, wrong),
    'hash with less memory': () => service.login(smaller.email, wrong),
    "hash of Django's": () => service.login(django.email, wrong),
  }
}

test(
  "a failed login's time hides whether the email has an account",
  async () => {
    const service = await createHashingService(db, { HASH_CONCURRENCY: '1' })
    const times = await measure(await failures(service))
    expect(times.size).toBe(5)
    expect(told(times)).toEqual([])
  },
  timeLimit(5),
)

test(
  "a failed login's time hides older and Django's hashes too",
  async () => {
    const service = await createHashingService(db, { HASH_CONCURRENCY: '1', ARGON2_TIME_COST: '3' })
    const times = await measure({ ...(await failures(service)), ...(await failuresOfOld(service)) })
    expect(times.size).toBe(10)
    expect(told(times)).toEqual([])
  },
  timeLimit(10),
)

test(
  'the measure finds a pass of argon2 more',
  async () => {
    const [two, three] = await Promise.all([
      createHashingService(db, { HASH_CONCURRENCY: '1' }),
      createHashingService(db, { HASH_CONCURRENCY: '1', ARGON2_TIME_COST: '3' }),
    ])
    const logins = {
      'two passes': () => two.login('nobody@example.com', password),
      'three passes': () => three.login('nobody@example.com', password),
    }
    const times = await measure(logins, { count: 2 * rounds })
    expect(told(times)).toMatchObject([{ name: 'three passes' }])
  },
  timeLimit(4),
)

/** Attempts of each case that hashes nothing: 1000 in `pnpm test:long`. */
const cheapRounds = 250 * Math.min(times, 4)

test(
  'the time of a reset request hides who has an account',
  async () => {
    const service = await createService(db, mailEnv)
    const active = await addAccount(service)
    const inactive = await addAccount(service, { is_active: false })
    const ask = (email: string) => () => service.post('password/reset/', { email })
    const cases = {
      'active account': ask(active.email),
      'unknown email': ask('nobody@example.com'),
      'inactive account': ask(inactive.email),
    }
    expect(told(await measure(cases, { count: cheapRounds, expected: 200 }))).toEqual([])
  },
  timeLimit(15),
)

test(
  'the time of a registration or resend hides who has an account',
  async () => {
    const service = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })
    const verified = await addAccount(service)
    const unverified = await addAccount(service)
    await db.updateTable('users').set({ email_verified_at: null }).where('id', '=', unverified.id).execute()
    const inactive = await addAccount(service, { is_active: false })
    const emails = {
      'verified account': verified.email,
      'unverified account': unverified.email,
      'inactive account': inactive.email,
      'unknown email': 'nobody@example.com',
    }
    const casesOf = (path: string, more: object): Cases =>
      Object.fromEntries(
        Object.entries(emails).map(([name, email]) => [name, () => service.post(path, { email, ...more })]),
      )
    const registrations = casesOf('register/', { password })
    expect(told(await measure(registrations, { count: cheapRounds, expected: 201 }))).toEqual([])
    const resends = casesOf('email/verify/resend/', {})
    expect(told(await measure(resends, { count: cheapRounds, expected: 200 }))).toEqual([])
  },
  timeLimit(40),
)

test(
  'the time of a wrong code hides who has an account',
  async () => {
    const service = await createService(db, mailEnv)
    const asked = await addAccount(service)
    await service.post('password/reset/', { email: asked.email })
    await readMails(service)
    const other = await addAccount(service)
    const confirm = (email: string) => () =>
      service.post('password/reset/confirm/', {
        email,
        code: '000000',
        new_password: 'seven ferries at noon',
      })
    const cases = {
      'account with a code': confirm(asked.email),
      'account without a code': confirm(other.email),
      'unknown email': confirm('nobody@example.com'),
    }
    expect(told(await measure(cases, { count: cheapRounds, expected: 400 }))).toEqual([])
  },
  timeLimit(15),
)

test(
  'the time of an undo tells nothing of users and codes',
  async () => {
    const service = await createService(db, mailEnv)
    const { access } = await logIn(service)
    const change = { current_password: password, new_password: 'seven ferries at noon' }
    await service.post('password/change/', change, { token: access })
    const { token, code } = findSecrets(await readMails(service), 'password_changed')
    const [user = ''] = token.split('.')
    const mac = 'a'.repeat(27)
    const undo = (link: string, digits: string) => () => service.post('undo/', { token: link, code: digits })
    const unknownId = Buffer.alloc(16, 7).toString('base64url')
    const links = {
      'unknown token': undo(`${user}.${unknownId}.${mac}`, code),
      'unknown user': undo(`zzzzz.${unknownId}.${mac}`, code),
    }
    expect(told(await measure(links, { count: cheapRounds, expected: 400 }))).toEqual([])
    await db.updateTable('one_time_tokens').set({ other_attempts: -2000, code_attempts: -2000 }).execute()
    const [first, last] = [code.slice(0, 1), code.slice(-1)]
    const next = (digit: string) => String((Number(digit) + 1) % 10)
    const codes = {
      'first digit wrong': undo(token, next(first) + code.slice(1)),
      'last digit wrong': undo(token, code.slice(0, 5) + next(last)),
    }
    expect(told(await measure(codes, { count: cheapRounds, expected: 400 }))).toEqual([])
  },
  timeLimit(25),
)
