import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { setPassword } from '../../src/admin/set-password.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import {
  createDeviceTokens,
  deriveDeviceTokenKeys,
  deviceTokenLifetimeMs,
  isDeviceOf,
} from '../../src/throttle/device-tokens.ts'
import { generateKey } from '../../src/keys/generate-key.ts'
import { toPrivateJwk } from '../../src/keys/keys.ts'
import {
  addAccount,
  type Answer,
  createService,
  openDatabase,
  password,
  type Service,
} from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'
import { stopClock } from '../support/stopped-clock.ts'

const { db, url } = await openDatabase()
await stopClock(url)

const limited = (env: Record<string, string> = {}) =>
  createService(db, { RATE_LIMITS: 'on', LOGIN_FAILURES_PER_ACCOUNT: '3/1d', ...env })

let addresses = 0
/** An address that no other test uses. */
const inventAddress = () => `198.19.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`

interface Login {
  email: string
  password?: string
  address?: string
  device?: string | undefined
}

type LogIn = (service: Service, login: Login) => Promise<Answer>

const byRest: LogIn = (service, { email, password: secret = password, address = inventAddress(), device }) =>
  service.rest(
    'POST',
    '/api/users/login/',
    { headers: { 'X-Test-Address': address, ...(device !== undefined && { 'Device-Token': device }) } },
    JSON.stringify({ email, password: secret }),
  )

const byTrpc: LogIn = (service, { email, password: secret = password, address = inventAddress(), device }) =>
  service.mutate(
    'auth.login',
    { email, password: secret, device_token: device },
    { headers: { 'X-Test-Address': address } },
  )

const ways: [string, LogIn, (answer: Answer) => string][] = [
  ['REST', byRest, ({ headers }) => headers['device-token'] ?? ''],
  ['tRPC', byTrpc, ({ body }) => body.result.data.device_token],
]

/** Strangers guess until the account is closed to unknown devices. */
async function besiege(service: Service, email: string): Promise<void> {
  for (let count = 0; count < 6; count += 1) await byRest(service, { email, password: 'wrong' })
  expect((await byRest(service, { email })).status).toBe(429)
}

test.each(ways)('strangers never lock out an owner with a device token by %s', async (_, logIn, tokenOf) => {
  const service = await limited()
  const { email } = await addAccount(service)
  const device = tokenOf(await logIn(service, { email }))
  await besiege(service, email)
  expect((await logIn(service, { email, device })).status).toBe(200)
  expect((await logIn(service, { email })).status, 'without it').toBe(429)
})

test('a device token passes an address limit that strangers used up', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_ADDRESS: '3/1h' })
  const { email } = await addAccount(service)
  const address = inventAddress()
  const device = (await byRest(service, { email, address })).headers['device-token']
  for (let count = 0; count < 4; count += 1)
    await byRest(service, { email: `somebody-${count}@example.com`, password: 'wrong', address })
  expect((await byRest(service, { email, address })).status).toBe(429)
  expect((await byRest(service, { email, address, device })).status).toBe(200)
})

test('a device token has its own count of wrong passwords', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_DEVICE: '2/1d' })
  const { email } = await addAccount(service)
  const device = (await byRest(service, { email })).headers['device-token']
  const statuses: number[] = []
  for (let count = 0; count < 8; count += 1)
    statuses.push((await byRest(service, { email, password: 'wrong', device })).status)
  expect(statuses.slice(0, 4)).toEqual([401, 401, 401, 429])
  const refused = await byRest(service, { email, device })
  expect([refused.status, refused.headers['ratelimit-policy']]).toEqual([429, '"login_token";q=2'])
  expect((await byRest(service, { email })).status, 'the account itself is open').toBe(200)
})

test('a device token counts for every spelling of its email alone', async () => {
  const service = await limited()
  const [own, other] = [await addAccount(service), await addAccount(service)]
  const device = (await byRest(service, own)).headers['device-token']
  await besiege(service, own.email)
  await besiege(service, other.email)
  expect((await byRest(service, { email: own.email.toUpperCase(), device })).status).toBe(200)
  expect((await byRest(service, { email: other.email, device })).status).toBe(429)
})

test.each([
  [
    'a change',
    async (service: Service, token: string) => {
      const change = { current_password: password, new_password: 'seven ferries at noon' }
      await service.post('password/change/', change, { token })
    },
  ],
  [
    'a reset',
    async (service: Service, _: string, userId: number) =>
      setPassword(
        service.auth,
        { client: { ip: null, userAgent: null } },
        { userId, password: 'seven ferries at noon' },
      ),
  ],
])('%s of the password ends device tokens until the next login', async (_, act) => {
  const service = await limited()
  const { id, email } = await addAccount(service)
  const first = await byRest(service, { email })
  const device = first.headers['device-token']
  await act(service, first.body.access, id)
  const next = await byRest(service, { email, password: 'seven ferries at noon' })
  // The first wait is a second, which may be over on a slow machine.
  await vi.waitFor(async () => {
    await besiege(service, email)
    expect((await byRest(service, { email, password: 'seven ferries at noon', device })).status).toBe(429)
  }, 60_000)
  const replaced = next.headers['device-token']
  expect((await byRest(service, { email, password: 'seven ferries at noon', device: replaced })).status).toBe(
    200,
  )
})

test('a device token, good or not, lifts no limit of logins', async () => {
  const service = await limited({ LOGINS_PER_ACCOUNT: '2/1h' })
  for (const ageMs of [-60_000, 3_600_000]) {
    const { id: userId, email } = await addAccount(service)
    const issuedAt = new Date(Date.now() - ageMs)
    const device = service.auth.deviceTokens.issue({ email, userId, issuedAt })
    const statuses: number[] = []
    for (let count = 0; count < 3; count += 1)
      statuses.push((await byRest(service, { email, device })).status)
    expect(statuses).toEqual([200, 200, 429])
  }
})

test('a registration answers a device token that counts', async () => {
  const service = await limited()
  const email = `new-${randomBytes(8).toString('hex')}@example.com`
  const registered = await service.post('register/', { email, password: 'seven ferries at noon' })
  expect(registered.status).toBe(201)
  await besiege(service, email)
  const device = registered.headers['device-token']
  expect((await byRest(service, { email, password: 'seven ferries at noon', device })).status).toBe(200)
})

test('REST has no device token in any body', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  const answer = await byRest(service, { email })
  expect(Object.keys(answer.body)).toEqual(['refresh', 'access', 'user'])
  await besiege(service, email)
  const inBody = { email, password, device_token: answer.headers['device-token'] }
  expect((await service.post('login/', inBody)).status).toBe(429)
})

test.each([5, null, true, {}, ['1'], 'x'.repeat(5000), '1.1.a.1.b', ''])(
  'a device token of %j counts as none',
  async (device) => {
    const service = await limited()
    const { email } = await addAccount(service)
    const answer = await service.mutate('auth.login', { email, password, device_token: device })
    expect(answer.status).toBe(200)
  },
)

const keys = [randomBytes(32), randomBytes(32)]
const issuedAt = new Date('2026-01-01T00:00:00Z')
const login = { email: 'Ida@example.com', userId: 7, issuedAt }

const tokensAt = (ms: number, used: readonly Buffer[] = keys) =>
  createDeviceTokens(used, () => new Date(issuedAt.getTime() + ms))

test('a token is read for 180 days, with any of the keys', () => {
  const token = tokensAt(0).issue(login)
  const read = { id: token.split('.')[2], userId: 7, issuedAt }
  expect(tokensAt(0).read(token, 'ida@EXAMPLE.com')).toEqual(read)
  expect(tokensAt(deviceTokenLifetimeMs, keys.toReversed()).read(token, login.email)).toEqual(read)
  expect(tokensAt(deviceTokenLifetimeMs + 1).read(token, login.email)).toBeUndefined()
  expect(tokensAt(-300_001).read(token, login.email)).toBeUndefined()
  expect(tokensAt(0, [randomBytes(32)]).read(token, login.email)).toBeUndefined()
})

test('a token is of its user alone, until the password changes', () => {
  const token = { id: 'a', userId: 7, issuedAt }
  const later = new Date(issuedAt.getTime() + 1)
  expect(isDeviceOf({ id: 7, passwordChangedAt: issuedAt }, token)).toBe(true)
  expect(isDeviceOf({ id: 7, passwordChangedAt: later }, token)).toBe(false)
  expect(isDeviceOf({ id: 8, passwordChangedAt: issuedAt }, token)).toBe(false)
  expect(isDeviceOf(undefined, token)).toBe(false)
})

test('two tokens of one login differ', () => {
  expect(tokensAt(0).issue(login)).not.toBe(tokensAt(0).issue(login))
})

test('a token with any character changed is none', () => {
  const tokens = tokensAt(0)
  const token = tokens.issue(login)
  for (let index = 0; index < token.length; index += 1) {
    for (const character of ['0', 'A', '.', '-']) {
      const forged = token.slice(0, index) + character + token.slice(index + 1)
      expect(tokens.read(forged, login.email) === undefined).toBe(forged !== token)
    }
  }
  for (const cut of [
    token.slice(1),
    token.slice(0, -1),
    `${token}A`,
    ` ${token}`,
    `${token}\n`,
    token.slice(0, -44),
  ]) {
    expect(tokens.read(cut, login.email)).toBeUndefined()
  }
})

const keysOf = (env: Record<string, string>) => deriveDeviceTokenKeys(readAuthSettings(env))

test('device tokens survive the change to a key pair', () => {
  const signingKey = JSON.stringify(toPrivateJwk(generateKey('EdDSA')))
  const [before] = keysOf({ SECRET_KEY: secretKey })
  expect(keysOf({ SECRET_KEY: secretKey, SIGNING_KEY: signingKey })).toContainEqual(before)
  const own = { DEVICE_TOKEN_KEY: 'x'.repeat(32) }
  expect(keysOf({ ...own, SECRET_KEY: secretKey })).toEqual(keysOf({ ...own, SIGNING_KEY: signingKey }))
  expect(before?.equals(Buffer.from(secretKey)), 'it is a key of its own').toBe(false)
})

test('every version derives the same key from a secret', () => {
  const [key] = keysOf({ SECRET_KEY: secretKey, DEVICE_TOKEN_KEY: 'a secret of at least thirty-two bytes' })
  expect(key?.toString('hex')).toBe('83883f796c3429f2747b8044df94b1dada1c8fbdb69aa132a4d1787e199e18ab')
})

test('a device token of a reassigned email counts no more', async () => {
  const service = await limited()
  const [owner, other] = [await addAccount(service), await addAccount(service)]
  const issuedAt = new Date(Date.now() + 60_000)
  const device = service.auth.deviceTokens.issue({ email: other.email, userId: owner.id, issuedAt })
  await besiege(service, other.email)
  expect((await byRest(service, { email: other.email, device })).status).toBe(429)
})

test('a login with a device token survives a rehash meanwhile', async () => {
  const service = await limited()
  const { id, email } = await addAccount(service)
  const device = (await byRest(service, { email })).headers['device-token']
  const { passwords } = service.auth
  const rehashed = await passwords.hash(password)
  vi.spyOn(passwords, 'verify').mockImplementationOnce(async () => {
    await db.updateTable('users').set({ password_hash: rehashed }).where('id', '=', id).execute()
    return true
  })
  expect((await byRest(service, { email, device })).status).toBe(200)
})

test("a device token bears PostgreSQL's time, as password changes do", async () => {
  const hourMs = 3_600_000
  const fast = await createService(db, {}, () => new Date(Date.now() + hourMs))
  const { email } = await addAccount(fast)
  const device = (await byRest(fast, { email })).headers['device-token']
  const read = fast.auth.deviceTokens.read(device, email)
  expect(Math.abs((read?.issuedAt.getTime() ?? 0) - Date.now())).toBeLessThan(hourMs / 2)
})

test('a device token from more than five minutes ahead is none', () => {
  const token = tokensAt(300_001).issue({ ...login, issuedAt: new Date(issuedAt.getTime() + 300_001) })
  expect(tokensAt(0).read(token, login.email)).toBeUndefined()
  expect(tokensAt(1).read(token, login.email)).toMatchObject({ userId: 7 })
})

test('beside DEVICE_TOKEN_KEY no other key reads a device token', () => {
  const deviceTokenKey = 'a key of device tokens alone, 32 bytes'
  const read = readAuthSettings({ SECRET_KEY: secretKey })
  const token = tokensAt(0, deriveDeviceTokenKeys(read)).issue(login)
  const keys = deriveDeviceTokenKeys({ ...read, deviceTokenKey })
  expect(tokensAt(0, keys).read(token, login.email)).toBeUndefined()
})
