import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  addAccount,
  age,
  createService,
  openDatabase,
  password,
  sessionOf,
  logIn,
} from '../support/harness.ts'
import { readJwt } from '../support/jwt.ts'

const { db } = await openDatabase()

/** A service that never forgives, on a machine whose clock is off by so many seconds. */
const createServiceOffBy = (offsetSeconds: number) =>
  createService(db, { BLACKLIST_AFTER_ROTATION: 'true' }, () => new Date(Date.now() + offsetSeconds * 1000))

const slow = await createServiceOffBy(-60)
const fast = await createServiceOffBy(60)

const directions = [
  ['behind and ahead', slow, fast],
  ['ahead and behind', fast, slow],
] as const

test.each(directions)('two servers a minute %s keep a client logged in', async (_, one, other) => {
  const { id, ...session } = await logIn(one)
  let { refresh, access } = session
  for (let round = 0; round < 20; round += 1) {
    const [here, there] = round % 2 === 0 ? [other, one] : [one, other]
    const answer = await here.refresh(refresh)
    const retry = await there.refresh(refresh)
    expect([answer.status, retry.status]).toEqual([200, 200])
    expect(retry.body.refresh).toBe(answer.body.refresh)
    for (const token of [access, answer.body.access, retry.body.access]) {
      expect((await here.me(token)).status).toBe(200)
      expect((await there.me(token)).status).toBe(200)
      expect((await there.verify(token)).status).toBe(200)
    }
    ;({ refresh, access } = answer.body)
  }
  expect(await sessionOf(db, id)).toMatchObject({ generation: 20, revoked_at: null })
})

test.each(directions)("servers a minute %s judge the grace by PostgreSQL's time", async (_, one, other) => {
  const { id, refresh } = await logIn(one)
  const { body } = await other.refresh(refresh)
  await one.me(body.access)
  await age(db, id, '15 seconds')
  for (const service of [one, other]) expect((await service.refresh(refresh)).status).toBe(200)
  await age(db, id, '20 seconds')
  expect((await other.refresh(refresh)).status).toBe(401)
  for (const service of [one, other]) expect((await service.refresh(body.refresh)).status).toBe(401)
})

test.each(directions)('servers a minute %s end a session at the same moment', async (_, one, other) => {
  const { id, refresh, access } = await logIn(one)
  const { id: unrefreshed, refresh: unused } = await logIn(one)
  await age(db, unrefreshed, '7 days + 5 seconds')
  await age(db, id, '90 days - 20 seconds')
  for (const service of [one, other]) expect((await service.me(access)).status).toBe(200)
  await age(db, id, '25 seconds')
  for (const service of [one, other]) {
    expect((await service.me(access)).status).toBe(401)
    expect((await service.refresh(refresh)).status).toBe(401)
    expect((await service.refresh(unused)).status).toBe(401)
  }
})

test.each(directions)('a logout at a server a minute %s holds everywhere', async (_, one, other) => {
  const { refresh, access } = await logIn(one)
  expect((await other.logout(refresh)).status).toBe(200)
  expect((await one.refresh(refresh)).status).toBe(401)
  expect((await one.me(access)).status).toBe(401)
})

const iatOf = (token: string) => z.int().parse(readJwt(token).claims['iat'])

const skews = [
  ['2 seconds', await createServiceOffBy(-2), 2],
  ['a minute', slow, 60],
] as const

test.each(skews)(
  'where PostgreSQL is %s ahead, no iat is ahead of the service',
  async (_, service, seconds) => {
    const { email } = await addAccount(service)
    const fresh = { email: `clock-${seconds}-${Date.now()}@example.com`, password }
    const answers = [await service.login(email, password), await service.post('register/', fresh)]
    const refreshed = await Promise.all(answers.map(({ body }) => service.refresh(body.refresh)))
    for (const { body } of [...answers, ...refreshed]) {
      for (const token of [body.access, body.refresh]) {
        expect(iatOf(token)).toBeLessThanOrEqual(Date.now() / 1000 - seconds)
        expect(iatOf(token)).toBeGreaterThan(Date.now() / 1000 - seconds - 30)
      }
      expect(Number(readJwt(body.access).claims['exp']) - iatOf(body.access)).toBe(86_400)
    }
  },
)

test("a retry gets the same refresh token by any server's clock", async () => {
  for (const [one, other] of [
    [slow, fast],
    [fast, slow],
  ] as const) {
    const { refresh } = await logIn(one)
    const first = await one.refresh(refresh)
    for (const service of [other, one]) {
      expect((await service.refresh(refresh)).body.refresh).toBe(first.body.refresh)
    }
  }
})

test('a server whose clock is ahead mints by the time of PostgreSQL', async () => {
  const { access, refresh } = await logIn(fast)
  const { body: next } = await fast.refresh(refresh)
  const tokens = [access, refresh, next.access, next.refresh]
  for (const token of tokens) expect(Math.abs(iatOf(token) - Date.now() / 1000)).toBeLessThan(30)
})

test('a token expires by the clock of its judging server', async () => {
  const { access } = await logIn(fast)
  const aDayLater = await createServiceOffBy(86_460)
  expect((await aDayLater.me(access)).body).toMatchObject({ messages: [{ message: 'Token is expired' }] })
})
