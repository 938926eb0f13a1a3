import { execFileSync } from 'node:child_process'
import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { startSmtp } from '@pockitflyer/testing/smtp'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { get, openCheckout, post, readLink, register, type RunningProgram } from '../checkout.ts'
import { repository } from '../deploy/build.ts'

let postgres: TestServer

beforeAll(async () => {
  postgres = await startTestServer({ prepare: migrate })
})

afterAll(() => postgres.stop())

async function migrate(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
}

/** A key as example.env says to make one. */
const makeKey = () => execFileSync('openssl', ['rand', '-base64', '48'], { encoding: 'utf8' }).trim()

/** The programs on a database of this test; each start has settings of its own. */
async function openService(common: Record<string, string> = {}) {
  const database = await postgres.createDatabase()
  onTestFinished(() => database.drop())
  return { url: database.url, ...openCheckout(repository, { DATABASE_URL: database.url, ...common }) }
}

test('another SECRET_KEY refuses every token of the one before', async () => {
  const { startApi } = await openService()
  const before = await startApi({ SECRET_KEY: makeKey() })
  const account = await register(before)
  const old = await post(before, 'login', account)
  await before.stop()
  const after = await startApi({ SECRET_KEY: makeKey() })
  expect(await get(after, '/api/users/me/', bearer(old.access))).toBe(401)
  expect((await post(after, 'token/refresh', { refresh: old.refresh })).status).toBe(401)
  const renewed = await post(after, 'login', account)
  expect(await get(after, '/api/users/me/', bearer(renewed.access))).toBe(200)
})

const bearer = (access: string) => ({ Authorization: `Bearer ${access}` })

test('links outlive their MAIL_KEY until MAIL_KEY_OLD goes', async () => {
  const smtp = await startSmtp()
  const service = await openService({ SMTP_URL: smtp.url, SECRET_KEY: makeKey() })
  const workerSettings = { MAIL_FROM: 'accounts@example.com', PUBLIC_URL: 'https://accounts.example.com' }
  const askLink = async (api: RunningProgram) => {
    const { email } = await register(api)
    await post(api, 'password/reset', { email })
    return readLink(smtp.mails, email)
  }
  const reset = async (api: RunningProgram, token: string) =>
    (await post(api, 'password/reset/confirm', { token, new_password: 'seven ferries at noon' })).status

  const before = { MAIL_KEY: makeKey() }
  const during = { MAIL_KEY: makeKey(), MAIL_KEY_OLD: before.MAIL_KEY }
  const after = { MAIL_KEY: during.MAIL_KEY }
  const oldApi = await service.startApi(before)
  const oldWorker = await service.startWorker({ ...workerSettings, ...before })
  const [used, unused] = [await askLink(oldApi), await askLink(oldApi)]
  await oldApi.stop()
  const api = await service.startApi(during)
  expect(await reset(api, used)).toBe(200)
  expect(await reset(api, await askLink(api)), 'mailed by the worker of before').toBe(200)
  await oldWorker.stop()
  const worker = await service.startWorker({ ...workerSettings, ...during })
  expect(await reset(api, await askLink(api))).toBe(200)
  const kept = await askLink(api)
  await Promise.all([api.stop(), worker.stop()])
  const last = await service.startApi(after)
  expect([await reset(last, unused), await reset(last, kept)]).toEqual([400, 200])
})

interface Login {
  email: string
  password: string
  address: string
  device?: string
}

async function logInFrom(api: RunningProgram, { address, device = '', ...account }: Login) {
  const { status, headers } = await post(api, 'login', account, {
    'X-Forwarded-For': address,
    'Device-Token': device,
  })
  return { status, device: headers.get('device-token') ?? '' }
}

/** Strangers guess from this address until it takes no login but of known devices. */
async function exhaust(api: RunningProgram, address: string): Promise<void> {
  for (const name of ['a', 'b', 'c', 'd'])
    await logInFrom(api, { email: `${name}@example.com`, password: 'wrong', address })
}

test('another DEVICE_TOKEN_KEY takes privileges until the next login', async () => {
  const { startApi } = await openService({
    SECRET_KEY: makeKey(),
    LOGIN_FAILURES_PER_ADDRESS: '3/1h',
    TRUSTED_PROXIES: 'loopback',
  })
  const before = await startApi({ RATE_LIMITS: 'on', DEVICE_TOKEN_KEY: makeKey() })
  const account = { ...(await register(before)), address: '198.51.100.1' }
  const { device } = await logInFrom(before, account)
  await exhaust(before, account.address)
  expect((await logInFrom(before, account)).status).toBe(429)
  expect((await logInFrom(before, { ...account, device })).status).toBe(200)
  await before.stop()

  const after = await startApi({ RATE_LIMITS: 'on', DEVICE_TOKEN_KEY: makeKey() })
  const moved = { ...account, address: '203.0.113.1' }
  const renewed = await logInFrom(after, { ...moved, device })
  await exhaust(after, moved.address)
  expect((await logInFrom(after, { ...moved, device })).status).toBe(429)
  expect((await logInFrom(after, { ...moved, device: renewed.device })).status).toBe(200)
})

test("another password of PostgreSQL's role keeps open connections", async () => {
  const service = await openService({ SECRET_KEY: makeKey() })
  const owner = connect({ url: service.url })
  onTestFinished(() => owner.destroy())
  const run = (statement: string) => owner.executeQuery(CompiledQuery.raw(statement))
  const role = 'role_with_another_password'
  await run(`create role ${role} login password 'before' in role pg_read_all_data, pg_write_all_data`)
  onTestFinished(async () => void (await run(`drop role ${role}`)))
  const urlWith = (password: string) => {
    const url = new URL(service.url)
    url.username = role
    url.password = password
    return url.href
  }
  const before = await service.startApi({ DATABASE_URL: urlWith('before') })
  const account = await register(before)
  await run(`alter role ${role} password 'after'`)
  expect((await post(before, 'login', account)).status).toBe(200)
  await before.stop()
  const forgotten = await service.startApi({ DATABASE_URL: urlWith('before') })
  expect(await get(forgotten, '/readyz')).toBe(503)
  await forgotten.stop()
  const after = await service.startApi({ DATABASE_URL: urlWith('after') })
  expect((await post(after, 'login', account)).status).toBe(200)
})
