import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { findUserByEmail } from '../../src/db/by-engine.ts'
import { createLoginThrottle } from '../../src/throttle/login-throttle.ts'
import { createMemoryStore } from '../../src/throttle/stores.ts'
import {
  addAccount,
  createService,
  openDatabase,
  password,
  type Service,
  sessionsOf,
} from '../support/harness.ts'
import { stopClock } from '../support/stopped-clock.ts'

const { db, url } = await openDatabase()
await stopClock(url)
const service = await createService(db, { RATE_LIMITS: 'on', HASH_QUEUE: '1000' })

let addresses = 0
/** An address that no other test uses. */
const inventAddress = () => `198.19.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`

interface Login {
  email: string
  secret?: string
  address: string
  device?: string | undefined
}

function postLogin({ email, secret = password, address, device }: Login, by: Service = service) {
  const headers = { 'X-Test-Address': address, ...(device !== undefined && { 'Device-Token': device }) }
  return by.post('login/', { email, password: secret }, { headers })
}

/** The counts of an address that are not over, by their limits. */
async function countsOf(address: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; points: number }>`
    select key, points from rate_limits
    where key like ${`%:${address}`} and points > 0 and expire > extract(epoch from now()) * 1000`.execute(db)
  return Object.fromEntries(rows.map(({ key, points }): [string, number] => [key.replace(/:.*/, ''), points]))
}

const countRowsOf = async (address: string) => Object.keys(await countsOf(address)).length

async function guessTimes(login: Login, times: number, by?: Service): Promise<number[]> {
  const statuses: number[] = []
  for (let count = 0; count < times; count += 1)
    statuses.push((await postLogin({ ...login, secret: 'wrong' }, by)).status)
  return statuses
}

async function readDeadlocks(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(db)
  return rows[0]?.deadlocks ?? Number.NaN
}

test('64 logins at once over shared counts never deadlock, lose no count', async () => {
  const accounts = await Promise.all([1, 2, 3, 4].map(() => addAccount(service)))
  const networks = ['2001:db8:77:1', '2001:db8:77:2', '2001:db8:77:101', '2001:db8:78:1']
  const logins = Array.from({ length: 64 }, (_, index) => ({
    email: accounts[index % 4]?.email ?? '',
    address: `${networks[Math.floor(index / 4) % 4]}::${index}`,
    secret: index % 16 === 5 ? 'wrong' : password,
  }))
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(logins.map((login) => postLogin(login)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(4)
    await sql`update rate_limits set points = 0 where key like 'login_account:%' or key like 'login_device:%'`.execute(
      db,
    )
  }
  expect(await readDeadlocks()).toBe(0)
  expect(service.reports).toEqual([])
  expect(await countsOf('2001:db8:77::/48')).toEqual({ logins_address: 132, login_address: 12 })
  expect(await countsOf('2001:db8:78::/48')).toEqual({ logins_address: 48 })
})

/** Lets every insert into a table fail with an SQLSTATE, until the test calls what it returns. */
async function breakTable(table: string, state: string): Promise<() => Promise<unknown>> {
  await sql`create or replace function refuse() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception 'refused' using errcode = '${state}'; end`)}`.execute(db)
  await sql`create trigger refuse before insert on ${sql.table(table)} for each statement execute function refuse()`.execute(
    db,
  )
  return () => sql`drop trigger refuse on ${sql.table(table)}`.execute(db)
}

test.each([
  ['an outage', '53100', 503],
  ['a fault', 'P0001', 500],
])('right logins whose session fails by %s are no wrong tries', async (_, state, status) => {
  const { id, email } = await addAccount(service)
  const address = inventAddress()
  const mend = await breakTable('sessions', state)
  for (let count = 0; count < 8; count += 1) expect((await postLogin({ email, address })).status).toBe(status)
  await mend()
  expect(await countsOf(address)).toEqual({})
  expect(await guessTimes({ email, address }, 7)).toEqual([401, 401, 401, 401, 401, 401, 429])
  expect(await sessionsOf(db, id)).toEqual([])
})

/** Does something between the two statements of the next login. */
function betweenStatements(act: () => Promise<unknown>, by: Service = service): void {
  const { passwords } = by.auth
  const verify = passwords.verify.bind(passwords)
  vi.spyOn(passwords, 'verify').mockImplementationOnce(async (hash, plain) => {
    await act()
    return verify(hash, plain)
  })
}

test('a session starts alone when the counts fail between the statements', async () => {
  const { id, email } = await addAccount(service)
  betweenStatements(() => sql`alter table rate_limits rename to rate_limits_away`.execute(db))
  const { status } = await postLogin({ email, address: inventAddress() })
  await sql`alter table rate_limits_away rename to rate_limits`.execute(db)
  expect(status).toBe(200)
  expect(await sessionsOf(db, id)).toHaveLength(1)
  await expect
    .poll(async () => {
      const address = inventAddress()
      await postLogin({ email, address })
      return countsOf(address)
    })
    .toEqual({ logins_address: 1 })
})

test('a login overtaken by a new password gives nothing back', async () => {
  for (const by of [service, await createSeparateService()]) {
    const { id, email } = await addAccount(by)
    const login = { email, address: inventAddress() }
    expect(await guessTimes(login, 3, by)).toEqual([401, 401, 401])
    betweenStatements(() => sql`update users set password_hash = '!' where id = ${id}`.execute(db), by)
    expect((await postLogin(login, by)).status).toBe(401)
    const inTable = by === service ? { login_address: 4, login_device: 4 } : {}
    expect(await countsOf(login.address)).toEqual(inTable)
    expect(await guessTimes(login, 3, by)).toEqual([401, 401, 429])
  }
})

/** A service whose counts of logins lie in memory, not beside its users. */
async function createSeparateService(): Promise<Service> {
  const separate = await createService(db, { RATE_LIMITS: 'on' })
  separate.auth.limits.logins = createLoginThrottle({
    ...separate.auth.settings.limits,
    store: createMemoryStore({ now: () => 0 }),
    findUser: async (email) => findUserByEmail(db, email),
    isKnownClient: async () => false,
  })
  return separate
}

test('a right login leaves the same counts as statements of their own', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on' })
  const separate = await createSeparateService()
  for (const by of [limited, separate]) {
    const { email } = await addAccount(by)
    const address = inventAddress()
    const first = await postLogin({ email, address }, by)
    const device = first.headers['device-token']
    for (const login of [{}, { device }]) {
      const wrong = { email, address, secret: 'wrong', ...login }
      const statuses: number[] = []
      for (let count = 0; count < 4; count += 1) statuses.push((await postLogin(wrong, by)).status)
      statuses.push((await postLogin({ ...wrong, secret: password }, by)).status)
      for (let count = 0; count < 7; count += 1) statuses.push((await postLogin(wrong, by)).status)
      expect(statuses).toEqual([401, 401, 401, 401, 200, 401, 401, 401, 401, 401, 401, 429])
    }
    expect((await postLogin({ email, address: inventAddress(), device }, by)).status).toBe(429)
    expect((await postLogin({ email, address: inventAddress() }, by)).status).toBe(200)
    expect((await countRowsOf(address)) > 0).toBe(by === limited)
  }
})
