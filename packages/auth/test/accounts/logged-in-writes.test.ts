import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { inUserTransaction } from '../../src/db/user-transaction.ts'
import {
  addAccount,
  createService,
  eventsOf,
  openDatabase,
  password,
  type Service,
  sessionOf,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'
import { readJwt } from '../support/jwt.ts'

const { db, url } = await openDatabase()
const service = await createService(db)

/** One tRPC request with so many calls. */
function batch(by: Service, names: string[], token: string, inputs: object[]) {
  const path = names.map((name) => `auth.${name}`).join(',')
  return by.mutate(`${path}?batch=1`, Object.fromEntries(inputs.entries()), { token })
}

const profile = (index: number) => ({ profile: { bio: `flyer ${index}` } })
const twenty = Array.from({ length: 20 }, (_, index) => index)

test('twenty batched changes of one user leave the pool to others', async () => {
  const small = connect({ url, poolSize: 2 })
  onTestFinished(() => small.destroy())
  const crowded = await createService(small)
  const [one, other] = [await logIn(service), await logIn(service)]
  let answers: Promise<{ status: number; text: string }> | undefined
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('users').select('id').where('id', '=', one.id).forUpdate().execute()
    answers = batch(
      crowded,
      twenty.map(() => 'updateProfile'),
      one.access,
      twenty.map(profile),
    )
    await waitForLockWaits(db, 1)
    expect((await crowded.me(other.access)).status).toBe(200)
    await waitForLockWaits(db, 1)
    expect((await crowded.refresh(other.refresh)).status).toBe(200)
  })
  expect((await answers)?.status).toBe(200)
  const changes = (await eventsOf(db, one.id)).filter(({ kind }) => kind === 'profile_changed')
  expect(changes).toHaveLength(20)
})

test("one user's transactions run in turn, two users' side by side", async () => {
  const running = { one: 0, most: 0 }
  const work = async () => {
    running.one += 1
    running.most = Math.max(running.most, running.one)
    await db.selectFrom('users').select('id').limit(1).execute()
    running.one -= 1
  }
  await Promise.all(twenty.map(() => inUserTransaction(db, 1, work)))
  expect(running.most).toBe(1)
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  await Promise.all([inUserTransaction(db, 1, () => arrived), inUserTransaction(db, 2, async () => arrive())])
})

test('a third transaction of one user waits for the second', async () => {
  await Promise.all(twenty.map((user) => inUserTransaction(db, user, async () => {}))) // Opens connections.
  const order: string[] = []
  let finish = () => {}
  const held = new Promise<void>((resolve) => (finish = resolve))
  const first = inUserTransaction(db, 1, async () => void order.push('first'))
  const second = inUserTransaction(db, 1, async () => {
    await held
    order.push('second')
  })
  await first
  await new Promise((resolve) => setImmediate(resolve))
  const third = inUserTransaction(db, 1, async () => void order.push('third'))
  for (const user of twenty.slice(2)) await inUserTransaction(db, user, async () => {})
  finish()
  await Promise.all([second, third])
  expect(order).toEqual(['first', 'second', 'third'])
})

test('a transaction that fails keeps none of its user from the next', async () => {
  const failed = inUserTransaction(db, 1, () => Promise.reject(new Error('lost')))
  const next = inUserTransaction(db, 1, async () => 'done')
  await expect(failed).rejects.toThrow('lost')
  expect(await next).toBe('done')
})

const writes = {
  updateProfile: profile(1),
  endSession: { id: randomUUID() },
  endOtherSessions: {},
  endAllSessions: {},
}

test.each(Object.entries(writes))('%s is limited by user, at either transport', async (name, input) => {
  const limited = await createService(db, { RATE_LIMITS: 'on', WRITES_PER_USER: '1/1h' })
  const [one, other] = [await logIn(service), await logIn(service)]
  const write = (token: string) => limited.mutate(`auth.${name}`, input, { token })
  expect((await limited.mutate('auth.updateProfile', profile(2), { token: one.access })).status).toBe(200)
  const refused = await write(one.access)
  expect([refused.status, refused.body.error.data.code]).toEqual([429, 'throttled'])
  expect(refused.headers).toMatchObject({ 'ratelimit-policy': '"write";q=1' })
  expect((await limited.me(one.access)).status).toBe(200)
  expect((await write(other.access)).status).not.toBe(429)
})

test('a token of an ended session holds up no writes', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on', WRITES_PER_USER: '1/1h' })
  const { email, access, refresh } = await logIn(service)
  await service.logout(refresh)
  for (const [name, input] of Object.entries(writes)) {
    expect((await limited.mutate(`auth.${name}`, input, { token: access })).status).toBe(401)
  }
  const { body } = await service.login(email, password)
  expect((await limited.mutate('auth.updateProfile', profile(1), { token: body.access })).status).toBe(200)
})

test('a wrong current password leaves an event, a refused new one none', async () => {
  const { id, access } = await logIn(service)
  const change = (current_password: string, new_password: string) =>
    service.post('password/change/', { current_password, new_password }, { token: access })
  await change('WrongPass123!', 'seven ferries at noon')
  await change(password, 'short')
  expect((await eventsOf(db, id)).filter(({ kind }) => kind.startsWith('password_change'))).toEqual([
    {
      kind: 'password_change_failed',
      session_id: readJwt(access).claims['sid'],
      ip: '203.0.113.7',
      user_agent: 'a test',
      detail: null,
    },
  ])
})

const throttling = { RATE_LIMITS: 'on', LOGIN_FAILURES_PER_DEVICE: '1/1h' }

const postLogin = (by: Service, email: string, address: string) =>
  by.post('login/', { email, password: 'wrong' }, { headers: { 'X-Test-Address': address } })

const throttledOf = async (userId: number) =>
  (await eventsOf(db, userId)).filter(({ kind }) => kind === 'login_throttled')

test('throttled logins leave one event a minute for each account and address', async () => {
  const limited = await createService(db, throttling)
  const { id, email } = await addAccount(service)
  const statuses = []
  for (let time = 0; time < 5; time += 1) {
    statuses.push(
      (await postLogin(limited, time % 2 === 0 ? email : email.toUpperCase(), '198.51.100.1')).status,
    )
  }
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2)
  const event = { kind: 'login_throttled', ip: '198.51.100.1', session_id: null }
  expect(await throttledOf(id)).toMatchObject([{ ...event, detail: { limit: 'login_device' } }])
  for (let time = 0; time < 4; time += 1) await postLogin(limited, email, '198.51.100.2')
  expect(await throttledOf(id)).toMatchObject([event, { ...event, ip: '198.51.100.2' }])
})

test('a throttled address leaves one event, with any invented emails', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on', LOGIN_FAILURES_PER_ADDRESS: '1/1h' })
  const address = '198.51.100.3'
  for (let time = 0; time < 5; time += 1) await postLogin(limited, `${randomUUID()}@example.com`, address)
  const events = await db
    .selectFrom('events_without_user')
    .select('detail')
    .where('kind', '=', 'login_throttled')
    .where('ip', '=', address)
    .execute()
  expect(events).toEqual([{ detail: { limit: 'login_address' } }])
})

test('a stolen token presented repeatedly leaves one event a minute', async () => {
  const lenient = await createService(db, { REFRESH_REUSE_GRACE: '0s' })
  const { id, refresh } = await logIn(lenient)
  const reusedOf = async () => (await eventsOf(db, id)).filter(({ kind }) => kind === 'refresh_reused').length
  const second = (await lenient.refresh(refresh)).body
  await lenient.refresh(second.refresh)
  for (let time = 0; time < 5; time += 1) expect((await lenient.refresh(refresh)).status).toBe(200)
  expect(await reusedOf()).toBe(1)
  const { reused_at: reusedAt } = await sessionOf(db, id)
  await db
    .updateTable('sessions')
    .set({ reused_at: new Date((reusedAt?.getTime() ?? 0) - 61_000) })
    .where('user_id', '=', id)
    .execute()
  await lenient.refresh(refresh)
  expect(await reusedOf()).toBe(2)
})

test('two sessions of one user share the limit of writes', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on', WRITES_PER_USER: '1/1h' })
  const { email, access } = await logIn(service)
  const other = (await service.login(email, password)).body
  expect((await limited.mutate('auth.updateProfile', profile(1), { token: access })).status).toBe(200)
  expect((await limited.mutate('auth.updateProfile', profile(2), { token: other.access })).status).toBe(429)
})

test('throttled logins from one IPv6 line leave one event', async () => {
  const limited = await createService(db, throttling)
  const { id, email } = await addAccount(service)
  for (let host = 1; host <= 5; host += 1) await postLogin(limited, email, `2001:db8:0:7::${host}`)
  expect(await throttledOf(id)).toHaveLength(1)
})

test('a login that stays refused leaves an event every minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const limited = await createService(db, { ...throttling, LOGIN_FAILURES_PER_ADDRESS: '1/1h' })
  const { id, email } = await addAccount(service)
  for (const [seconds, events] of [
    [0, 0],
    [0, 1],
    [59, 1],
    [2, 2],
  ] as const) {
    vi.advanceTimersByTime(seconds * 1000)
    await postLogin(limited, email, '198.51.100.4')
    expect(await throttledOf(id)).toHaveLength(events)
  }
})
