import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { storableJti } from '../../src/sessions/resolve-session.ts'
import {
  addAccount,
  age,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
} from '../support/harness.ts'
import { djangoClaims, epochSeconds, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const operator = { client: { ip: null, userAgent: 'an operator' } }
const blacklisted = { detail: 'Token is blacklisted', code: 'token_not_valid' }

test('a Django refresh token is adopted once, as generation 0', async () => {
  const { id } = await addAccount(service)
  const claims = djangoClaims('refresh', id, '0f0e0d0c0b0a09080706050403020100')
  const first = await service.refresh(signJwt(claims))
  expect(first.status).toBe(200)
  expect(readJwt(first.body.refresh).claims).toMatchObject({ user_id: id, gen: 1 })
  expect(await sessionOf(db, id)).toMatchObject({
    generation: 1,
    adopted_jti: claims.jti,
    user_agent: 'a test',
  })
  const again = await service.refresh(signJwt(claims))
  expect(again.body.refresh).toBe(first.body.refresh)
  expect((await service.refresh(first.body.refresh)).status).toBe(200)
  expect(await sessionsOf(db, id)).toHaveLength(1)
})

test('12 adoptions of one token at once make one session', async () => {
  const { id } = await addAccount(service)
  const token = signJwt(djangoClaims('refresh', id))
  const answers = await Promise.all(Array.from({ length: 12 }, () => service.refresh(token)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
  expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1 })
})

test('an adopted token reused after the grace ends the strict session', async () => {
  const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
  const { id } = await addAccount(service)
  const token = signJwt(djangoClaims('refresh', id))
  const { body } = await strict.refresh(token)
  await strict.me(body.access)
  await age(db, id, '31 seconds')
  expect(await strict.refresh(token)).toMatchObject({ status: 401, body: blacklisted })
  expect((await strict.refresh(body.refresh)).status).toBe(401)
  expect((await eventsOf(db, id)).at(-2)?.kind).toBe('refresh_reused')
})

test('an adopted session lasts as long as its token, until rotated', async () => {
  const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
  const { id } = await addAccount(service)
  const claims = djangoClaims('refresh', id)
  expect((await still.refresh(signJwt(claims))).status).toBe(200)
  expect((await sessionOf(db, id)).expires_at).toEqual(new Date(claims.exp * 1000))
})

test('a token without end ends with the session, at SESSION_MAX_LIFETIME', async () => {
  for (const exp of [
    epochSeconds() + 10 * 365 * 86_400,
    1e15,
    1e30,
    Number.MAX_VALUE,
    epochSeconds() + 99.5,
  ]) {
    const { id } = await addAccount(service)
    const { status } = await service.refresh(signJwt({ ...djangoClaims('refresh', id), exp }))
    expect([exp, status]).toEqual([exp, 200])
    const { created_at, ends_at } = await sessionOf(db, id)
    expect(ends_at.getTime() - created_at.getTime()).toBe(90 * 86_400_000)
  }
})

test('a Django token can be logged out, met before or not', async () => {
  for (const meet of [true, false]) {
    const { id } = await addAccount(service)
    const token = signJwt(djangoClaims('refresh', id))
    if (meet) await service.refresh(token)
    expect(await service.logout(token)).toMatchObject({ status: 200, body: {} })
    expect(await service.refresh(token)).toMatchObject({ status: 401, body: blacklisted })
    expect(await service.logout(token)).toMatchObject({ status: 401, body: blacklisted })
    expect(await sessionOf(db, id)).toMatchObject({ revoked_because: 'logout' })
  }
})

test('nothing is adopted for a missing or inactive user', async () => {
  const { id } = await addAccount(service, { is_active: false })
  const unavailable = { detail: 'No active account found for the given token.' }
  for (const userId of [id, 999_999_999]) {
    const token = signJwt(djangoClaims('refresh', userId))
    expect(await service.refresh(token)).toMatchObject({ status: 401, body: unavailable })
    expect(await service.logout(token)).toMatchObject({ status: 401, body: unavailable })
  }
  expect(await sessionsOf(db, id)).toEqual([])
})

test('two users with an equal jti adopt a session each', async () => {
  const [one, other] = [await addAccount(service), await addAccount(service)]
  const jti = crypto.randomUUID()
  expect((await service.refresh(signJwt(djangoClaims('refresh', one.id, jti)))).status).toBe(200)
  expect((await service.refresh(signJwt(djangoClaims('refresh', other.id, jti)))).status).toBe(200)
  expect(await sessionOf(db, one.id)).toMatchObject({ generation: 1, revoked_at: null })
  expect(await sessionOf(db, other.id)).toMatchObject({ generation: 1, revoked_at: null })
})

// Citus allows no unique index without the user.
test.skipIf(await isCitus(db))("the version before's index lets one user adopt a jti alone", async () => {
  const [one, other] = [await addAccount(service), await addAccount(service)]
  const jti = crypto.randomUUID()
  const ofThem = sql.raw(`user_id in (${one.id}, ${other.id})`)
  await sql`create unique index sessions_adopted_jti_key on sessions (adopted_jti) where ${ofThem}`.execute(
    db,
  )
  onTestFinished(async () => void (await sql`drop index sessions_adopted_jti_key`.execute(db)))
  expect((await service.refresh(signJwt(djangoClaims('refresh', one.id, jti)))).status).toBe(200)
  expect((await service.refresh(signJwt(djangoClaims('refresh', other.id, jti)))).body.detail).toBe(
    'No active account found for the given token.',
  )
})

test('an adoption that fails by a fault is no unknown account', async () => {
  const { id } = await addAccount(service)
  const token = signJwt(djangoClaims('refresh', id))
  await sql`alter table sessions add constraint refused check (user_id <> ${sql.lit(id)})`.execute(db)
  expect((await service.refresh(token)).status).toBe(500)
  await sql`alter table sessions drop constraint refused`.execute(db)
  expect(service.reports.splice(0)).toMatchObject([{ error: { code: '23514' } }])
  expect((await service.refresh(token)).status).toBe(200)
})

test.each([
  ['5 KB', 'x'.repeat(5000)],
  ['65 letters', 'x'.repeat(65)],
  ['NUL inside', 'a\0b'],
  ['a surrogate alone', 'a\ud800b'],
  ['empty', ''],
  ['SQL', "'; drop table sessions; --"],
])('an odd jti does no harm: %s', async (_, jti) => {
  const { id } = await addAccount(service)
  const token = signJwt({ ...djangoClaims('refresh', id), jti })
  const first = await service.refresh(token)
  expect(first.status).toBe(200)
  expect((await service.refresh(token)).body.refresh).toBe(first.body.refresh)
  const digest = createHash('sha256').update(jti).digest('hex')
  expect(await sessionOf(db, id)).toMatchObject({ adopted_jti: `sha256:${digest}` })
  expect(service.reports).toEqual([])
})

test('an id of up to 64 plain characters is kept as is', () => {
  for (const jti of ['x', 'x'.repeat(64), 'A.b-c_9']) expect(storableJti(jti)).toBe(jti)
})

test.each([
  ['another password', (userId: number) => setPassword(service.auth, operator, { userId, password })],
  [
    'a deactivation, undone later',
    async (userId: number) => {
      await setActive(service.auth, operator, { userId, isActive: false })
      await setActive(service.auth, operator, { userId, isActive: true })
    },
  ],
])('Django tokens minted before %s are worthless, later ones count', async (_, end) => {
  const { id } = await addAccount(service)
  const anHourAgo = { iat: epochSeconds() - 3600 }
  const refresh = signJwt({ ...djangoClaims('refresh', id), ...anHourAgo })
  const access = signJwt({ ...djangoClaims('access', id), ...anHourAgo })
  expect((await service.me(access)).status).toBe(200)
  await end(id)
  expect((await service.refresh(refresh)).status).toBe(401)
  expect((await service.me(access)).status).toBe(401)
  expect(await sessionsOf(db, id)).toEqual([])

  const later = { iat: epochSeconds() + 1 }
  const ahead = await createService(db, {}, () => new Date(Date.now() + 5000))
  expect((await ahead.refresh(signJwt({ ...djangoClaims('refresh', id), ...later }))).status).toBe(200)
})

test("Django's added claims do no harm and do not survive", async () => {
  const { id } = await addAccount(service)
  const own = { role: 'admin', is_staff: true, permissions: ['*'] }
  expect((await service.me(signJwt({ ...djangoClaims('access', id), ...own }))).status).toBe(200)
  const { body } = await service.refresh(signJwt({ ...djangoClaims('refresh', id), ...own }))
  const again = (await service.refresh(signJwt({ ...readJwt(body.refresh).claims, ...own }))).body
  for (const token of [body.access, body.refresh, again.access, again.refresh]) {
    const names = Object.keys(readJwt(token).claims)
    expect(names).toEqual(['token_type', 'exp', 'iat', 'jti', 'user_id', 'email', 'sid', 'gen'])
  }
})
