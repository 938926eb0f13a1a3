import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  addAccount,
  addAccountWithHash,
  createService,
  openDatabase,
  password,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

/** Every statement that goes to the database passes here, also `begin` and `commit`. */
const query = vi.spyOn(pg.Client.prototype, 'query')
beforeEach(() => void query.mockClear())
afterEach(() => void query.mockClear())

async function countRoundTrips(act: () => Promise<{ status: number }>): Promise<[number, number]> {
  query.mockClear()
  const { status } = await act()
  return [status, query.mock.calls.length]
}

test('a login costs two round trips to the database', async () => {
  const { email } = await addAccount(service)
  expect(await countRoundTrips(() => service.login(email, password))).toEqual([200, 2])
})

test('a login with a device token costs two as well', async () => {
  const { email } = await addAccount(service)
  const device = (await service.login(email, password)).headers['device-token'] ?? ''
  const sent = { headers: { 'Device-Token': device } }
  expect(await countRoundTrips(() => service.post('login/', { email, password }, sent))).toEqual([200, 2])
})

test('limits cost a login no round trip, device token or not', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on' })
  const { email } = await addAccount(service)
  expect(await countRoundTrips(() => limited.login(email, password))).toEqual([200, 2])
  await limited.login(email, 'WrongPass123!') // It opens the connections.
  expect(await countRoundTrips(() => limited.login(email, 'WrongPass123!'))).toEqual([401, 3])
  expect(await countRoundTrips(() => limited.login('nobody@example.com', password))).toEqual([401, 3])
  const device = (await limited.login(email, password)).headers['device-token'] ?? ''
  const sent = { headers: { 'Device-Token': device } }
  expect(await countRoundTrips(() => limited.post('login/', { email, password }, sent))).toEqual([200, 2])
})

test('a failed login costs two, for known and unknown users', async () => {
  const { email } = await addAccount(service)
  expect(await countRoundTrips(() => service.login(email, 'WrongPass123!'))).toEqual([401, 2])
  expect(await countRoundTrips(() => service.login('nobody@example.com', password))).toEqual([401, 2])
})

test('a registration costs one transaction of three statements, and the policy nothing', async () => {
  await addAccount(service) // It reads the leader, which holds for a second.
  const account = { email: `${randomUUID()}@example.com`, password }
  const [begin, commit] = [1, 1]
  expect(await countRoundTrips(() => service.post('register/', account))).toEqual([201, begin + 3 + commit])
  expect(await countRoundTrips(() => service.rest('GET', '/api/users/policy/'))).toEqual([200, 0])
})

test('a registration of a taken email costs the same in any case', async () => {
  const [active, inactive] = [await addAccount(service), await addAccount(service, { is_active: false })]
  const unusable = await addAccountWithHash(db, '!unusable')
  const attempt = (email: string, password: string) =>
    countRoundTrips(() => service.post('register/', { email, password }))
  const [begin, insert, commit, login] = [1, 1, 1, 2]
  const cost = begin + insert + commit + login
  expect(await attempt(active.email, password)).toEqual([201, cost])
  expect(await attempt(active.email, 'WrongPass123!')).toEqual([400, cost])
  expect(await attempt(inactive.email, password)).toEqual([400, cost])
  expect(await attempt(unusable.email, password)).toEqual([400, cost])
})

test('a closed registration or a bad password costs none', async () => {
  const closed = await createService(db, { REGISTRATION: 'false' })
  const { email } = await addAccount(service)
  expect(await countRoundTrips(() => closed.post('register/', { email, password }))).toEqual([403, 0])
  expect(await countRoundTrips(() => service.post('register/', { email, password: 'Password123' }))).toEqual([
    400, 0,
  ])
})

test('a refresh costs one, and a repeated one within the grace too', async () => {
  const { refresh } = await logIn(service)
  expect(await countRoundTrips(() => service.refresh(refresh))).toEqual([200, 1])
  expect(await countRoundTrips(() => service.refresh(refresh))).toEqual([200, 1])
})

test('me costs one', async () => {
  const { access } = await logIn(service)
  expect(await countRoundTrips(() => service.me(access))).toEqual([200, 1])
  expect(await countRoundTrips(() => service.query('auth.me', { token: access }))).toEqual([200, 1])
})

test('a bad token or a faulty input costs none', async () => {
  const { id, access, refresh } = await logIn(service)
  const forged = signJwt(djangoClaims('access', id), { key: 'x'.repeat(40) })
  expect(await countRoundTrips(() => service.me(forged))).toEqual([401, 0])
  expect(await countRoundTrips(() => service.me(refresh))).toEqual([401, 0])
  expect(await countRoundTrips(() => service.refresh(access))).toEqual([401, 0])
  expect(
    await countRoundTrips(() => service.refresh(signJwt({ ...djangoClaims('refresh', id), exp: 1 }))),
  ).toEqual([401, 0])
  expect(await countRoundTrips(() => service.login(null, null))).toEqual([400, 0])
  expect(await countRoundTrips(() => service.verify(access))).toEqual([200, 0])
})
