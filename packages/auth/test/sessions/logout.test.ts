import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  addAccount,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const blacklisted = { detail: 'Token is blacklisted', code: 'token_not_valid' }

test("a logout ends the session's refresh and access tokens at once", async () => {
  const { id, access, refresh } = await logIn(service)
  expect((await service.me(access)).status).toBe(200)
  expect(await service.logout(refresh)).toMatchObject({ status: 200, text: '{}' })
  expect(await service.refresh(refresh)).toMatchObject({ status: 401, body: blacklisted })
  expect(await service.me(access)).toMatchObject({
    status: 401,
    body: { code: 'token_not_valid', messages: [{ message: 'Token is blacklisted' }] },
  })
  const session = await sessionOf(db, id)
  expect(session).toMatchObject({ revoked_because: 'logout', generation: 0 })
  expect((await eventsOf(db, id)).at(-1)).toMatchObject({ kind: 'logout', session_id: session.id })
})

test("a logout of a session over by PostgreSQL's clock is recorded", async () => {
  const { id, refresh } = await logIn(service)
  await sql`update sessions set expires_at = now() - interval '1 second' where user_id = ${id}`.execute(db)
  expect((await service.logout(refresh)).status).toBe(200)
  expect((await eventsOf(db, id)).at(-1)).toMatchObject({ kind: 'logout', detail: null })
  expect(await sessionOf(db, id)).toMatchObject({ revoked_because: 'logout' })
})

test('a second logout is refused and recorded only once', async () => {
  const { id, refresh } = await logIn(service)
  await service.logout(refresh)
  expect(await service.logout(refresh)).toMatchObject({ status: 401, body: blacklisted })
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added', 'login', 'logout'])
})

test('a logout with an older refresh token ends the session', async () => {
  const { access, refresh } = await logIn(service)
  const { body: next } = await service.refresh(refresh)
  expect((await service.logout(refresh)).status).toBe(200)
  expect((await service.refresh(next.refresh)).status).toBe(401)
  expect((await service.me(access)).status).toBe(401)
  expect((await service.me(next.access)).status).toBe(401)
})

test('a logout ends its own session and no other', async () => {
  const { email, refresh } = await logIn(service)
  const { body: other } = await service.login(email, password)
  await service.logout(refresh)
  expect((await service.me(other.access)).status).toBe(200)
  expect((await service.refresh(other.refresh)).status).toBe(200)
})

test('a logout asks for a refresh token that is ours', async () => {
  const { id, access, refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  const other = await addAccount(service)
  for (const token of [
    'garbage',
    access,
    signJwt(claims, { key: 'another-key-that-is-long-enough-for-hs256' }),
    signJwt(claims, { alg: 'none' }),
    signJwt({ ...claims, exp: 1 }),
    signJwt({ ...claims, user_id: other.id }),
    signJwt({ ...claims, sid: crypto.randomUUID() }),
  ]) {
    expect(await service.logout(token)).toMatchObject({ status: 401, body: { code: 'token_not_valid' } })
  }
  expect(await sessionOf(db, id)).toMatchObject({ revoked_at: null })
})

test('logouts and refreshes that race leave nothing alive', async () => {
  const { id, access, refresh } = await logIn(service)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 4 === 3 ? service.logout(refresh) : service.refresh(refresh),
    ),
  )
  expect(answers.filter(({ status }) => status !== 200 && status !== 401)).toEqual([])
  const pairs = answers.map(({ body }) => body).filter((body) => 'access' in body)
  for (const pair of [...pairs, { access, refresh }]) {
    expect((await service.refresh(pair.refresh)).status).toBe(401)
    expect((await service.me(pair.access)).status).toBe(401)
  }
  expect((await sessionsOf(db, id)).filter(({ revoked_at }) => revoked_at === null)).toEqual([])
  expect((await eventsOf(db, id)).filter(({ kind }) => kind === 'logout')).toHaveLength(1)
})
