import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readAuthSettings } from '../../src/settings/settings.ts'
import {
  addAccount,
  addAccountWithHash,
  type Answer,
  createService,
  djangoPbkdf2,
  eventsOf,
  openDatabase,
  password,
  type Service,
  logIn,
} from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'
import { stopClock } from '../support/stopped-clock.ts'

const { db, url } = await openDatabase()
const clock = await stopClock(url)

const limited = (env: Record<string, string> = {}) => createService(db, { RATE_LIMITS: 'on', ...env })

let addresses = 0
/** An address that no other test uses. */
const inventAddress = () => `198.18.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`

/** Logs in from an address. */
function postLogin(service: Service, email: string, secret: string, address: string): Promise<Answer> {
  const headers = { 'X-Test-Address': address }
  return service.rest('POST', '/api/users/login/', { headers }, JSON.stringify({ email, password: secret }))
}

async function guess(service: Service, email: string, address: string, times: number): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let count = 0; count < times; count += 1)
    answers.push(await postLogin(service, email, 'wrong', address))
  return answers
}

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status)

test('after five wrong passwords waits double, then the right one passes', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  const address = inventAddress()
  expect(statusesOf(await guess(service, email, address, 6))).toEqual([401, 401, 401, 401, 401, 401])
  const waits: string[] = []
  for (const wait of [2, 4, 8]) {
    const [refused] = await guess(service, email, address, 1)
    expect(refused?.status).toBe(429)
    waits.push(refused?.headers['retry-after'] ?? '')
    await clock.pass(wait)
    expect(statusesOf(await guess(service, email, address, 1))).toEqual([401])
  }
  expect(waits).toEqual(['2', '4', '8'])
  expect((await postLogin(service, email, password, address)).status, 'too early').toBe(429)
  await clock.pass(16)
  expect((await postLogin(service, email, password, address)).status).toBe(200)
  expect(statusesOf(await guess(service, email, address, 5)), 'forgotten').toEqual([401, 401, 401, 401, 401])
})

test("the refusal is Django's, with wait and limit, by either transport", async () => {
  const service = await limited({ LOGIN_FAILURES_PER_DEVICE: '1/1h' })
  const { email } = await addAccount(service)
  const address = inventAddress()
  await guess(service, email, address, 2)
  const rest = await postLogin(service, email, password, address)
  expect([rest.status, rest.text]).toEqual([
    429,
    '{"detail":"Request was throttled. Expected available in 2 seconds."}',
  ])
  expect(rest.headers).toMatchObject({
    'retry-after': '2',
    ratelimit: '"login_device";r=0;t=2',
    'ratelimit-policy': '"login_device";q=1',
    'cache-control': 'no-store',
  })
  const trpc = await service.mutate(
    'auth.login',
    { email, password },
    { headers: { 'X-Test-Address': address } },
  )
  expect(trpc.status).toBe(429)
  expect(trpc.headers['retry-after']).toBe('2')
  expect(trpc.body.error.data).toMatchObject({ code: 'throttled', httpStatus: 429, retryAfterSeconds: 2 })
})

test('an unknown email is throttled as a known one', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  const address = inventAddress()
  const known = await guess(service, email, address, 8)
  const unknown = await guess(service, 'nobody-of-that-name@example.com', address, 8)
  expect(statusesOf(unknown)).toEqual(statusesOf(known))
  expect(unknown.at(-1)).toEqual(known.at(-1))
})

test('concurrent guesses are counted before any is checked', async () => {
  const service = await limited({ HASH_QUEUE: '1000' })
  const { email } = await addAccount(service)
  const address = inventAddress()
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => postLogin(service, email, 'wrong', address)),
  )
  expect(statusesOf(answers).filter((status) => status === 401)).toHaveLength(6)
})

test("distributed guessing slows strangers, not the owner's known device", async () => {
  const service = await limited()
  const { id, email } = await addAccount(service)
  const home = inventAddress()
  expect((await postLogin(service, email, password, home)).status).toBe(200)
  const answers: Answer[] = []
  for (let count = 0; count < 24; count += 1)
    answers.push(await postLogin(service, email, 'wrong', inventAddress()))
  expect(statusesOf(answers)).toEqual([...Array.from({ length: 21 }, () => 401), 429, 429, 429])
  expect(
    (await postLogin(service, email, password, inventAddress())).status,
    'the owner elsewhere waits',
  ).toBe(429)
  expect((await postLogin(service, email, password, home)).status).toBe(200)
  expect((await eventsOf(db, id)).filter(({ kind }) => kind === 'login_failed')).toHaveLength(21)
})

test('guesses from one IPv6 /64 are one count', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_ACCOUNT: '3/1d' })
  const { email } = await addAccount(service)
  expect((await postLogin(service, email, password, '2001:db8:1:2::1')).status).toBe(200)
  const answers: Answer[] = []
  for (let count = 0; count < 8; count += 1)
    answers.push(await postLogin(service, email, 'wrong', `2001:db8:9:9::${count}`))
  expect(statusesOf(answers).slice(0, 4)).toEqual([401, 401, 401, 401])
  expect(statusesOf(answers).slice(5)).toEqual([429, 429, 429])
  expect((await postLogin(service, email, password, '2001:db8:1:2:ffff::9')).status).toBe(200)
  expect((await postLogin(service, email, password, '2001:db8:1:3::1')).status).toBe(429)
})

test('one address guessing at many accounts is stopped alone', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_ADDRESS: '10/1h' })
  const { email } = await addAccount(service)
  const address = inventAddress()
  const answers: Answer[] = []
  for (let count = 0; count < 12; count += 1) {
    answers.push(await postLogin(service, `somebody-${count}@example.com`, 'wrong', address))
  }
  expect(statusesOf(answers)).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
  expect((await postLogin(service, email, password, address)).headers['ratelimit-policy']).toBe(
    '"login_address";q=10',
  )
  expect((await postLogin(service, email, password, inventAddress())).status).toBe(200)
})

test('logins that succeed use up nothing of what wrong passwords may', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_ADDRESS: '3/1h', LOGIN_FAILURES_PER_ACCOUNT: '3/1h' })
  const { email } = await addAccount(service)
  const address = inventAddress()
  for (let count = 0; count < 12; count += 1) {
    expect((await postLogin(service, email, password, address)).status).toBe(200)
  }
})

test('a login that found no place in the queue counts neither way', async () => {
  const service = await limited({ HASH_CONCURRENCY: '1', HASH_QUEUE: '0' })
  // A check of so many rounds is not over before the other logins come.
  const { email } = await addAccountWithHash(db, djangoPbkdf2(password, 300_000))
  const address = inventAddress()
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => postLogin(service, email, 'wrong', address)),
  )
  const wrong = statusesOf(answers).filter((status) => status === 401).length
  expect(statusesOf(answers)).toContain(503)
  const unwaited = Array.from({ length: 6 - wrong }, () => 401)
  expect(statusesOf(await guess(service, email, address, 7 - wrong))).toEqual([...unwaited, 429])
})

test('limits hold at every server and for every email spelling', async () => {
  const [one, other] = [await limited(), await limited()]
  const { email } = await addAccount(one)
  const address = inventAddress()
  await guess(one, email, address, 6)
  expect((await postLogin(other, email.toUpperCase(), 'wrong', address)).status).toBe(429)
})

test('registrations of one address are limited before any hashing', async () => {
  const rates = { REGISTRATIONS_PER_ADDRESS: '2/1h' }
  const [service, elsewhere] = [await limited(rates), await limited(rates)]
  const register = (address: string, by = service) =>
    by.rest(
      'POST',
      '/api/users/register/',
      { headers: { 'X-Test-Address': address } },
      JSON.stringify({ email: `new-${Math.random()}@example.com`, password: 'seven ferries at noon' }),
    )
  const address = inventAddress()
  const answers = [await register(address), await register(address), await register(address)]
  expect(statusesOf(answers)).toEqual([201, 201, 429])
  expect((await register(address, elsewhere)).status, 'at another server').toBe(429)
  expect((await register(inventAddress())).status).toBe(201)
})

test('a registration is a guess at the account that has the address', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  const address = inventAddress()
  await guess(service, email, address, 6)
  const body = JSON.stringify({ email, password: 'seven ferries at noon' })
  const answer = await service.rest(
    'POST',
    '/api/users/register/',
    { headers: { 'X-Test-Address': address } },
    body,
  )
  expect(answer.status).toBe(429)
})

test('changes of one password are limited against guessing', async () => {
  const rates = { PASSWORD_CHANGES_PER_USER: '3/1h' }
  const [service, elsewhere] = [await limited(rates), await limited(rates)]
  const [one, other] = [await logIn(service), await logIn(service)]
  const change = (token: string, by = service) =>
    by.rest(
      'POST',
      '/api/users/password/change/',
      { token },
      JSON.stringify({ current_password: 'wrong', new_password: 'seven ferries at noon' }),
    )
  const answers: Answer[] = []
  for (let count = 0; count < 4; count += 1) answers.push(await change(one.access))
  expect(statusesOf(answers)).toEqual([400, 400, 400, 429])
  expect((await change(one.access, elsewhere)).status, 'at another server').toBe(429)
  expect((await change(other.access)).status).toBe(400)
})

test('refreshes of one address are limited by each server for itself', async () => {
  const [one, other] = [await limited({ REFRESHES_PER_ADDRESS: '3/1h' }), await limited()]
  let { refresh } = await logIn(one)
  for (let count = 0; count < 3; count += 1) refresh = (await one.refresh(refresh)).body.refresh
  expect((await one.refresh(refresh)).status).toBe(429)
  expect((await other.refresh(refresh)).status, 'a refusal loses nothing').toBe(200)
})

test('RATE_LIMITS=off limits nothing and counts nothing', async () => {
  const service = await createService(db, { RATE_LIMITS: 'off', LOGIN_FAILURES_PER_DEVICE: '1/1h' })
  const { email } = await addAccount(service)
  expect(new Set(statusesOf(await guess(service, email, inventAddress(), 10)))).toEqual(new Set([401]))
})

test('expired counts are removed every five minutes, without blocking exit', async () => {
  const timers = vi.spyOn(globalThis, 'setInterval')
  await limited()
  const started = timers.mock.calls.findIndex(([, ms]) => ms === 300_000)
  const timer = z.custom<NodeJS.Timeout>().parse(timers.mock.results[started]?.value)
  timers.mockRestore()
  expect(timer.hasRef()).toBe(false)
})

test('no email and no password stands in the counts', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  await guess(service, email, inventAddress(), 7)
  const { rows } = await sql<{ key: string }>`select key from rate_limits`.execute(db)
  expect(rows.length).toBeGreaterThan(3)
  for (const { key } of rows) {
    expect(key).not.toContain(email)
    expect(key).toMatch(/^[a-z_]+:/)
  }
  const ofAccounts = rows.map(({ key }) => key).filter((key) => key.startsWith('login_account:'))
  expect(ofAccounts, 'a digest').toContainEqual(expect.stringMatching(/^login_account:[\w-]{22}$/))
})

test('when the count store fails, servers count alone, refusing no user', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_DEVICE: '2/1h' })
  const { email } = await addAccount(service)
  await sql`alter table rate_limits rename to rate_limits_away`.execute(db)
  const address = inventAddress()
  expect((await postLogin(service, email, password, address)).status).toBe(200)
  expect(statusesOf(await guess(service, email, address, 4))).toEqual([401, 401, 401, 429])
  await sql`alter table rate_limits_away rename to rate_limits`.execute(db)
})

test('a registration that is refused is neither hashed nor looked up', async () => {
  const service = await limited({ REGISTRATIONS_PER_ADDRESS: '1/1h' })
  const hash = vi.spyOn(service.auth.passwords, 'hash')
  const register = () =>
    service.post('register/', {
      email: `new-${Math.random()}@example.com`,
      password: 'seven ferries at noon',
    })
  expect([(await register()).status, (await register()).status]).toEqual([201, 429])
  expect(hash).toHaveBeenCalledTimes(1)
})

test('a refresh is counted before its token is looked at', async () => {
  const service = await limited({ REFRESHES_PER_ADDRESS: '2/1h' })
  const { refresh } = await logIn(service)
  const forged = [await service.refresh('forged'), await service.refresh('forged')]
  expect(statusesOf([...forged, await service.refresh('forged'), await service.refresh(refresh)])).toEqual([
    401, 401, 429, 429,
  ])
})

test('successful logins are limited for each account by its setting', async () => {
  const service = await limited({ LOGINS_PER_ACCOUNT: '2/1h' })
  const { email } = await addAccount(service)
  const logIns = () => Promise.all([1, 2, 3].map(() => postLogin(service, email, password, inventAddress())))
  const answers = await logIns()
  expect(statusesOf(answers).filter((status) => status === 200)).toHaveLength(2)
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.headers['ratelimit-policy']).toBe('"logins_account";q=2')
})

test('a known client is found by another spelling of the email', async () => {
  const service = await limited({ LOGIN_FAILURES_PER_ACCOUNT: '2/1d' })
  const email = `ida-${Math.random()}@bücher.example`
  await addAccount(service, { email })
  const home = inventAddress()
  expect((await postLogin(service, email, password, home)).status).toBe(200)
  for (let count = 0; count < 5; count += 1) await postLogin(service, email, 'wrong', inventAddress())
  expect((await postLogin(service, email, password, inventAddress())).status).toBe(429)
  const spelling = email.toUpperCase().replace('BÜCHER', 'xn--bcher-kva')
  expect((await postLogin(service, spelling, password, home)).status).toBe(200)
})

test('windows of up to ten years hold in this process too', async () => {
  const service = await limited({ REFRESHES_PER_ADDRESS: '1/3650d' })
  const { refresh } = await logIn(service)
  expect(statusesOf([await service.refresh(refresh), await service.refresh(refresh)])).toEqual([200, 429])
  expect(() => readAuthSettings({ SECRET_KEY: secretKey, LOGIN_FAILURES_PER_ADDRESS: '1/3651d' })).toThrow(
    'LOGIN_FAILURES_PER_ADDRESS must be within ten years, 3650d, at most',
  )
})

test('a registration whose password may not be chosen uses up no other', async () => {
  const service = await limited({ REGISTRATIONS_PER_ADDRESS: '1/1h' })
  const address = inventAddress()
  const register = async (secret: string) => {
    const input = { email: `new-${Math.random()}@example.com`, password: secret }
    const headers = { 'X-Test-Address': address }
    return (await service.rest('POST', '/api/users/register/', { headers }, JSON.stringify(input))).status
  }
  expect([
    await register('short'),
    await register('password'),
    await register('seven ferries at noon'),
  ]).toEqual([400, 400, 201])
})

test('a login is answered once what it gives back was counted', async () => {
  const service = await limited()
  const { email } = await addAccount(service)
  let isCleared = false
  vi.spyOn(service.auth.limits.logins, 'record').mockResolvedValueOnce({
    clear: async () => {
      await sql`select 1`.execute(db)
      isCleared = true
    },
    fail: async () => {},
    refund: async () => {},
  })
  expect((await postLogin(service, email, password, inventAddress())).status).toBe(200)
  expect(isCleared).toBe(true)
})
