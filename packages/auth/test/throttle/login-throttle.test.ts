import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AuthError } from '../../src/errors.ts'
import { createLoginThrottle } from '../../src/throttle/login-throttle.ts'
import { createMemoryStore } from '../../src/throttle/stores.ts'

const email = 'ida@example.com'

const rates = {
  loginFailuresOfAddress: { count: 100, seconds: 3600 },
  loginFailuresOfDevice: { count: 5, seconds: 86_400 },
  loginFailuresOfAccount: { count: 20, seconds: 86_400 },
  loginsOfAddress: { count: 1000, seconds: 3600 },
  loginsOfAccount: { count: 100, seconds: 3600 },
  loginMaxDelaySeconds: 900,
}

interface Try {
  ip?: string
  deviceId?: string | undefined
  email?: string
}

/**
 * A throttle whose time passes as it is told. `known`: addresses from which the account was logged
 * in.
 */
function createWorld(known: string[] = [], changed: Partial<typeof rates> = {}) {
  let nowMs = 0
  const throttle = createLoginThrottle({
    ...rates,
    ...changed,
    store: createMemoryStore({ now: () => nowMs }),
    isKnownClient: async ({ client }) => known.includes(client.ip ?? ''),
  })
  const record = ({ ip = '198.51.100.1', deviceId, email: tried = email }: Try) =>
    throttle.record({ email: tried, client: { ip, userAgent: null }, deviceId })
  /** 0 when the password was looked at, else the seconds to wait. */
  const settle = async (login: Try, outcome: 'clear' | 'fail' | 'refund') => {
    try {
      await (await record(login))[outcome]()
      return 0
    } catch (error) {
      if (!(error instanceof AuthError)) throw error
      return error.retryAfterSeconds ?? Number.NaN
    }
  }
  return {
    pass: (seconds: number) => void (nowMs += seconds * 1000),
    wrong: (login: Try = {}) => settle(login, 'fail'),
    right: (login: Try = {}) => settle(login, 'clear'),
    overload: (login: Try = {}) => settle(login, 'refund'),
    chooseNew: (ip = '198.51.100.1') => throttle.clearAccount({ email, client: { ip, userAgent: null } }),
  }
}

const freshAddress = (index: number) => `203.0.${Math.floor(index / 250)}.${index % 250}`

/** Uses up the tries of the account, each from an address of its own. */
async function besiege(world: ReturnType<typeof createWorld>, times = 21): Promise<void> {
  for (let index = 0; index < times; index += 1) await world.wrong({ ip: freshAddress(index) })
}

test('repeated attempts never keep an account shut to others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 7200 }),
      async (everySeconds, ownerComesAtSeconds) => {
        const world = createWorld()
        await besiege(world)
        for (let passed = 0; passed < ownerComesAtSeconds; passed += everySeconds) {
          await world.wrong({ ip: '192.0.2.66' })
          world.pass(everySeconds)
        }
        const wait = await world.right({ ip: '198.51.100.7' })
        world.pass(wait)
        expect(await world.right({ ip: '198.51.100.7' })).toBe(0)
        expect(wait).toBeLessThanOrEqual(128)
      },
    ),
    { numRuns: 30 },
  )
})

test('tries that are refused make no wait longer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (polls) => {
      const world = createWorld()
      await besiege(world, 24)
      const wait = await world.wrong({ ip: '192.0.2.1' })
      expect(wait).toBeGreaterThan(0)
      for (let poll = 0; poll < polls; poll += 1)
        expect(await world.wrong({ ip: freshAddress(1000 + poll) })).toBe(wait)
      world.pass(wait)
      expect(await world.right({ ip: '192.0.2.1' })).toBe(0)
    }),
    { numRuns: 20 },
  )
})

test('a device token with the right password is always let in', async () => {
  const guess = fc.record({
    ip: fc.integer({ min: 0, max: 40 }).map(freshAddress),
    pause: fc.integer({ max: 30, min: 0 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(guess, { maxLength: 150 }), async (guesses) => {
      const world = createWorld([], { loginFailuresOfAddress: { count: 3, seconds: 3600 } })
      for (const { ip, pause } of guesses) {
        await world.wrong({ ip })
        world.pass(pause)
      }
      expect(await world.right({ ip: freshAddress(0), deviceId: 'token' })).toBe(0)
    }),
    { numRuns: 30 },
  )
})

test('tries that are refused use up nothing of their address', async () => {
  const world = createWorld([], { loginFailuresOfAddress: { count: 10, seconds: 3600 } })
  for (let count = 0; count < 50; count += 1) await world.wrong()
  for (let count = 0; count < 4; count += 1)
    expect(await world.wrong({ email: `other-${count}@x.org` })).toBe(0)
})

test('a right password gives its address one try back, and no more', async () => {
  const world = createWorld([], { loginFailuresOfAddress: { count: 10, seconds: 3600 } })
  for (let count = 0; count < 10; count += 1) await world.wrong({ email: `other-${count}@x.org` })
  expect(await world.right()).toBeGreaterThan(0)
  world.pass(3600)
  for (let count = 0; count < 9; count += 1) await world.wrong({ email: `again-${count}@x.org` })
  for (let count = 0; count < 5; count += 1) expect(await world.right()).toBe(0)
  expect(await world.wrong({ email: 'tenth@x.org' })).toBe(0)
  expect(await world.wrong({ email: 'eleventh@x.org' })).toBeGreaterThan(0)
})

test('a turn of a right password or an overload is freed', async () => {
  for (const take of ['right', 'overload'] as const) {
    const world = createWorld()
    await besiege(world, 20)
    expect(await world[take]({ ip: '192.0.2.1' })).toBe(0)
    expect(await world.right({ ip: '192.0.2.2' })).toBe(0)
  }
})

test('of those who come at once for a turn one gets it', async () => {
  const world = createWorld()
  await besiege(world)
  world.pass(900)
  const waits = await Promise.all(
    Array.from({ length: 30 }, (_, index) => world.wrong({ ip: freshAddress(500 + index) })),
  )
  expect(waits.filter((wait) => wait === 0)).toHaveLength(1)
})

test('a known address waits for its own wrong passwords alone', async () => {
  const world = createWorld(['198.51.100.1'])
  await besiege(world, 30)
  expect([await world.wrong(), await world.right()]).toEqual([0, 0])
  for (let count = 0; count < 6; count += 1) await world.wrong()
  expect(await world.wrong()).toBe(2)
})

test('right passwords are limited for each account and each address', async () => {
  const world = createWorld([], {
    loginsOfAccount: { count: 3, seconds: 3600 },
    loginsOfAddress: { count: 5, seconds: 3600 },
  })
  const waits: number[] = []
  for (let count = 0; count < 4; count += 1) waits.push(await world.right())
  expect(waits).toEqual([0, 0, 0, 3600])
  for (let count = 0; count < 9; count += 1) await world.wrong({ email: `wrong-${count}@x.org` })
  for (let count = 0; count < 2; count += 1) expect(await world.right({ email: `${count}@x.org` })).toBe(0)
  expect(await world.right({ email: 'last@x.org' })).toBe(3600)
  expect(await world.right({ email: 'last@x.org', ip: '192.0.2.1' })).toBe(0)
})

test('an account is one, whatever the spelling of its email', async () => {
  const world = createWorld()
  const spellings = [
    'ida@bücher.example',
    'IDA@BÜCHER.example',
    'Ida@xn--bcher-kva.example',
    ' ida@bücher.example\u200b',
  ]
  for (const email of spellings) for (let count = 0; count < 2; count += 1) await world.wrong({ email })
  expect(await world.wrong({ email: spellings[0] ?? '' })).toBeGreaterThan(0)
})

test('addresses of a /56 or /48 share a larger count', async () => {
  const limits = { loginFailuresOfAddress: { count: 3, seconds: 3600 } }
  const count = async (toAddress: (index: number) => string) => {
    const world = createWorld([], limits)
    for (let tries = 0; tries < 40; tries += 1)
      if ((await world.wrong({ ip: toAddress(tries), email: `${tries}@x.org` })) > 0) return tries
    return Number.POSITIVE_INFINITY
  }
  const hex = (index: number) => index.toString(16)
  expect(await count((index) => `2001:db8:1:1::${hex(index)}`)).toBe(3)
  expect(await count((index) => `2001:db8:1:1${index.toString(16).padStart(2, '0')}::1`)).toBe(6)
  expect(await count((index) => `2001:db8:1:${hex(index)}00::1`)).toBe(12)
  expect(await count((index) => `2001:db8:${hex(index)}::1`)).toBe(Number.POSITIVE_INFINITY)
  expect(await count((index) => `64:ff9b::203.0.113.${index}`)).toBe(Number.POSITIVE_INFINITY)
})

test('right passwords with a device token count as logins of the account', async () => {
  const world = createWorld([], { loginsOfAccount: { count: 3, seconds: 3600 } })
  const waits: number[] = []
  for (let count = 0; count < 4; count += 1) waits.push(await world.right({ deviceId: 'token' }))
  expect(waits).toEqual([0, 0, 0, 3600])
})

test('those who come too late for a turn make no wait longer', async () => {
  const world = createWorld()
  await besiege(world)
  world.pass(900)
  const race = Array.from({ length: 30 }, (_, index) => world.wrong({ ip: freshAddress(500 + index) }))
  const waits = (await Promise.all(race)).filter((wait) => wait > 0)
  world.pass(Math.max(...waits))
  expect(await world.wrong({ ip: '192.0.2.1' })).toBe(0)
  expect(await world.wrong({ ip: '192.0.2.2' })).toBe(2 * Math.max(...waits))
})

const allPass = (count: number) => Array.from({ length: count }, () => 0)

/** Does it so many times, one after the other. */
async function repeat(count: number, act: (index: number) => Promise<number>): Promise<number[]> {
  const waits: number[] = []
  for (let index = 0; index < count; index += 1) waits.push(await act(index))
  return waits
}

test('right passwords use up no tries of network or account', async () => {
  const world = createWorld()
  const network = (index: number) => ({ ip: `2001:db8:0:${index.toString(16)}::1` })
  expect(await repeat(30, (index) => world.right(network(index)))).toEqual(allPass(30))
  expect(await repeat(5, (index) => world.wrong(network(100 + index)))).toEqual(allPass(5))
  const other = createWorld()
  expect(await repeat(30, (index) => other.right({ ip: freshAddress(index) }))).toEqual(allPass(30))
  expect(await repeat(5, (index) => other.wrong({ ip: freshAddress(100 + index) }))).toEqual(allPass(5))
})

test("a right password forgets its address's wrong ones and waits", async () => {
  const world = createWorld()
  expect(await repeat(6, () => world.wrong())).toEqual(allPass(6))
  for (const wait of [2, 4]) {
    expect(await world.wrong()).toBe(wait)
    world.pass(wait)
    expect(await world.wrong()).toBe(0)
  }
  world.pass(8)
  expect(await world.right()).toBe(0)
  expect(await repeat(6, () => world.wrong())).toEqual(allPass(6))
  expect(await world.wrong()).toBe(2)
})

test('passwords that were not looked at count neither way', async () => {
  const world = createWorld()
  expect(await repeat(120, () => world.overload())).toEqual(allPass(120))
  expect(await repeat(6, () => world.wrong())).toEqual(allPass(6))
  const other = createWorld()
  expect(await repeat(30, (index) => other.overload({ ip: freshAddress(index) }))).toEqual(allPass(30))
  expect(await repeat(5, (index) => other.wrong({ ip: freshAddress(100 + index) }))).toEqual(allPass(5))
})

test('wrong passwords from one /56 delay its next attempt', async () => {
  const world = createWorld()
  const from = (index: number) => world.wrong({ ip: `2001:db8:0:${index.toString(16)}::1` })
  expect(await repeat(12, from)).toEqual([...allPass(11), 2])
})

test('those who spent their tries wait longer each, whoever comes', async () => {
  const world = createWorld()
  const ips = [1, 2, 3, 4].map(freshAddress)
  for (const ip of ips) expect(await repeat(5, () => world.wrong({ ip }))).toEqual(allPass(5))
  const [first = '', ...others] = ips
  expect(await world.wrong({ ip: first })).toBe(0)
  for (const [index, ip] of others.entries()) {
    expect(await world.wrong({ ip })).toBe(2 ** (index + 1))
    world.pass(2 ** (index + 1))
    expect(await world.wrong({ ip })).toBe(0)
  }
})

test.each([
  ['that spent its own tries', 5, () => '2001:db8::1'],
  ['whose /56 spent its tries', 10, (index: number) => `2001:db8:0:${index.toString(16)}::1`],
])('an IPv6 address %s takes no turn of others', async (_, tries, toAddress) => {
  const world = createWorld()
  expect(await repeat(tries, (index) => world.wrong({ ip: toAddress(index) }))).toEqual(allPass(tries))
  await besiege(world, 20 - tries)
  expect(await world.wrong({ ip: toAddress(tries) })).toBe(0)
  expect(await world.wrong({ ip: '192.0.2.1' })).toBe(0)
})

test("a new password forgets the account's wrong ones and all waits", async () => {
  const world = createWorld()
  await besiege(world, 30)
  world.pass(900)
  expect(await repeat(5, () => world.wrong({ ip: freshAddress(900) }))).not.toEqual(allPass(5))
  await world.chooseNew(freshAddress(900))
  expect(await repeat(6, () => world.wrong({ ip: freshAddress(900) }))).toEqual(allPass(6))
  expect(await repeat(3, (index) => world.wrong({ ip: freshAddress(901 + index) }))).toEqual(allPass(3))
})
