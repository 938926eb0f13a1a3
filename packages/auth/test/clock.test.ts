import { expect, test } from 'vitest'
import { z } from 'zod'
import { addAccount, age, createService, openDatabase, password, sessionOf, signIn } from './harness.ts'
import { readJwt } from './jwt.ts'

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

test.each(directions)(
  'two servers a minute %s, one database: a client that goes from one to the other stays logged in',
  async (_, one, other) => {
    const { id, ...session } = await signIn(one)
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
  },
)

test.each(directions)(
  'servers a minute %s judge the grace of 30 seconds alike, by the time of PostgreSQL',
  async (_, one, other) => {
    const { id, refresh } = await signIn(one)
    const { body } = await other.refresh(refresh)
    await one.me(body.access)
    await age(db, id, '15 seconds')
    for (const service of [one, other]) expect((await service.refresh(refresh)).status).toBe(200)
    await age(db, id, '20 seconds')
    expect((await other.refresh(refresh)).status).toBe(401)
    for (const service of [one, other]) expect((await service.refresh(body.refresh)).status).toBe(401)
  },
)

test.each(directions)(
  'servers a minute %s end a session at the same moment, that of PostgreSQL',
  async (_, one, other) => {
    const { id, refresh, access } = await signIn(one)
    await age(db, id, '7 days - 20 seconds')
    for (const service of [one, other]) expect((await service.me(access)).status).toBe(200)
    await age(db, id, '25 seconds')
    for (const service of [one, other]) {
      expect((await service.me(access)).status).toBe(401)
      expect((await service.refresh(refresh)).status).toBe(401)
    }
  },
)

test.each(directions)(
  'a logout at a server a minute %s ends the session at the other at once',
  async (_, one, other) => {
    const { refresh, access } = await signIn(one)
    expect((await other.logout(refresh)).status).toBe(200)
    expect((await one.refresh(refresh)).status).toBe(401)
    expect((await one.me(access)).status).toBe(401)
  },
)

test('tokens carry the time of PostgreSQL, whatever the clock of the server says', async () => {
  const { email } = await addAccount(slow)
  for (const service of [slow, fast]) {
    const { access } = (await service.login(email, password)).body
    const { iat, exp } = z.object({ iat: z.int(), exp: z.int() }).parse(readJwt(access).claims)
    expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(30)
    expect(exp - iat).toBe(86_400)
  }
})
