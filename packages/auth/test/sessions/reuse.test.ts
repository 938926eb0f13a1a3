import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { age, createService, eventsOf, openDatabase, sessionOf, logIn } from '../support/harness.ts'
import { readJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const lenient = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })

const blacklisted = { detail: 'Token is blacklisted', code: 'token_not_valid' }

test.each([
  ['lenient', lenient],
  ['strict', strict],
])('%s: a replay within the grace gets the same token again', async (_, service) => {
  const { id, refresh } = await logIn(service)
  const first = await service.refresh(refresh)
  const again = await service.refresh(refresh)
  expect(again.status).toBe(200)
  expect(again.body.refresh).toBe(first.body.refresh)
  expect((await service.me(again.body.access)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1, revoked_at: null })
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added', 'login'])
})

test('another server with the same key repeats the same refresh token', async () => {
  const { refresh } = await logIn(lenient)
  const elsewhere = await createService(db)
  const [here, there] = [await lenient.refresh(refresh), await elsewhere.refresh(refresh)]
  expect([there.status, there.body.refresh]).toEqual([200, here.body.refresh])
})

test('20 refreshes at once move the session one generation', async () => {
  for (const service of [lenient, strict]) {
    const { id, refresh } = await logIn(service)
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.refresh(refresh)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1)
    expect(await sessionOf(db, id)).toMatchObject({ generation: 1, revoked_at: null })
    expect((await eventsOf(db, id)).map(({ kind }) => kind)).not.toContain('refresh_reused')
    expect((await service.refresh(answers[0]?.body.refresh)).status).toBe(200)
  }
})

test('retries do not prolong the grace after a rotation', async () => {
  const service = await createService(db, { REFRESH_REUSE_GRACE: '1h', BLACKLIST_AFTER_ROTATION: 'true' })
  const { id, refresh } = await logIn(service)
  const { access } = (await service.refresh(refresh)).body
  await service.me(access)
  await age(db, id, '59 minutes')
  expect((await service.refresh(refresh)).status).toBe(200)
  await age(db, id, '61 seconds')
  expect((await service.refresh(refresh)).body).toEqual(blacklisted)
})

test('without a grace the previous token is reused once delivered', async () => {
  const service = await createService(db, { REFRESH_REUSE_GRACE: '0s', BLACKLIST_AFTER_ROTATION: 'true' })
  const { refresh } = await logIn(service)
  const { access } = (await service.refresh(refresh)).body
  expect((await service.me(access)).status).toBe(200)
  expect((await service.refresh(refresh)).body).toEqual(blacklisted)
})

test('lenient: late reuse gets the current pair, and is recorded', async () => {
  const { id, refresh } = await logIn(lenient)
  const current = (await lenient.refresh(refresh)).body
  await lenient.me(current.access)
  await age(db, id, '31 seconds')
  const reused = await lenient.refresh(refresh)
  expect(reused.status).toBe(200)
  expect(readJwt(reused.body.refresh).claims).toMatchObject({
    gen: 1,
    jti: readJwt(current.refresh).claims['jti'],
  })
  const { id: sessionId, ...session } = await sessionOf(db, id)
  expect(session).toMatchObject({ generation: 1, revoked_at: null })
  expect(await eventsOf(db, id)).toMatchObject([
    { kind: 'user_added' },
    { kind: 'login' },
    { kind: 'refresh_reused', session_id: sessionId, detail: { presented: 0, current: 1 } },
  ])
  expect((await lenient.refresh(reused.body.refresh)).status).toBe(200)
})

test('lenient: a token two generations old is reused within grace', async () => {
  const { id, refresh } = await logIn(lenient)
  const second = (await lenient.refresh(refresh)).body.refresh
  const third = (await lenient.refresh(second)).body.refresh
  const reused = await lenient.refresh(refresh)
  expect([reused.status, reused.body.refresh]).toEqual([200, third])
  expect((await eventsOf(db, id)).at(-1)).toMatchObject({
    kind: 'refresh_reused',
    detail: { presented: 0, current: 2 },
  })
})

test('strict: reuse ends the session and its newest tokens', async () => {
  const { id, refresh } = await logIn(strict)
  const current = (await strict.refresh(refresh)).body
  await strict.me(current.access)
  await age(db, id, '31 seconds')
  expect(await strict.refresh(refresh)).toMatchObject({ status: 401, body: blacklisted })
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1, revoked_because: 'reuse' })
  expect((await eventsOf(db, id)).slice(-2)).toMatchObject([
    { kind: 'refresh_reused', detail: { presented: 0, current: 1 } },
    { kind: 'session_revoked', detail: { because: 'reuse' } },
  ])
  expect(await strict.refresh(current.refresh)).toMatchObject({ status: 401, body: blacklisted })
  expect((await strict.me(current.access)).status).toBe(401)
  expect((await strict.logout(current.refresh)).status).toBe(401)
  expect((await eventsOf(db, id)).filter(({ kind }) => kind === 'refresh_reused')).toHaveLength(1)
})

test('strict: a reuse ends its own session alone', async () => {
  const { id, email, refresh } = await logIn(strict)
  const { body: other } = await strict.login(email, 'TestPass123!')
  await strict.me((await strict.refresh(refresh)).body.access)
  await age(db, id, '31 seconds')
  expect((await strict.refresh(refresh)).status).toBe(401)
  expect((await strict.refresh(other.refresh)).status).toBe(200)
})

test('strict: thief and owner at once after the grace: session over', async () => {
  const { id, refresh } = await logIn(strict)
  const current = (await strict.refresh(refresh)).body
  await strict.me(current.access)
  await age(db, id, '31 seconds')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => strict.refresh(index % 2 === 0 ? refresh : current.refresh)),
  )
  expect((await sessionOf(db, id)).revoked_because).toBe('reuse')
  for (const { body } of answers.filter(({ status }) => status === 200)) {
    expect((await strict.refresh(body.refresh)).status).toBe(401)
  }
})

test('the user sees where and when an old token was presented', async () => {
  const { id, refresh } = await logIn(lenient)
  const { access } = (await lenient.refresh(refresh)).body
  const reusedAt = async () => {
    const { text } = await lenient.rest('GET', '/api/users/sessions/', { token: access })
    return z.array(z.object({ reused_at: z.iso.datetime().nullable() })).parse(JSON.parse(text))
  }
  expect(await reusedAt()).toEqual([{ reused_at: null }])
  await lenient.refresh(refresh)
  expect(await reusedAt(), 'a retry is no reuse').toEqual([{ reused_at: null }])
  await age(db, id, '31 seconds')
  await lenient.refresh(refresh)
  const { reused_at: storedAt } = await sessionOf(db, id)
  expect(await reusedAt()).toEqual([{ reused_at: storedAt?.toISOString() }])
})

test("strict: a reactivated account's refresh is not taken for theft", async () => {
  const { id, refresh } = await logIn(strict)
  const update = (isActive: boolean) =>
    sql`update users set is_active = ${isActive} where id = ${id}`.execute(db)
  await update(false)
  const meddled = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await update(true)
      return result
    },
  })
  const service = await createService(meddled, { BLACKLIST_AFTER_ROTATION: 'true' })
  expect((await service.refresh(refresh)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1, revoked_at: null, reused_at: null })
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added', 'login'])
})
