import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  addAccount,
  age,
  createService,
  eventsOf,
  openDatabase,
  password,
  type Service,
  sessionOf,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
const patient = await createService(db, { LEEWAY: '1m' })
const longAccess = await createService(db, { ACCESS_TOKEN_LIFETIME: '10d' })

const call = (method: string, path: string, body?: unknown) => (to: Service, token: string) =>
  to.rest(
    method,
    `/api/users/${path}`,
    { token, headers: { 'Content-Type': 'application/json' } },
    body === undefined ? undefined : JSON.stringify(body),
  )

const listOf = (to: Service, token: string) => call('GET', 'sessions/')(to, token)

/** Every call that an access token authorizes. */
const calls: [string, (to: Service, token: string) => Promise<{ status: number }>][] = [
  ['me', (to, token) => to.me(token)],
  ['the list of sessions', listOf],
  ['the profile', call('PATCH', 'me/', { profile: { bio: 'changed' } })],
  ['the end of the others', call('POST', 'sessions/end-others/')],
  [
    'another password',
    call('POST', 'password/change/', { current_password: password, new_password: 'AnotherPass456!' }),
  ],
]

const origins: [string, Service][] = [
  ['access tokens outlive refresh tokens', longAccess],
  ['the last one of a refresh token that is kept', still],
]

test.each(origins.flatMap(([origin, from]) => calls.map(([call, open]) => ({ origin, from, call, open }))))(
  'an access token counts until its exp: $origin: $call',
  async ({ from, open }) => {
    const { id, access } = await logIn(from)
    await db
      .updateTable('sessions')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('user_id', '=', id)
      .execute()
    expect((await open(from, access)).status).toBe(200)
  },
)

test('the list has the asking session while its token counts', async () => {
  const { access, id } = await logIn(longAccess)
  await age(db, id, '8 days')
  const { body } = await listOf(longAccess, access)
  expect(body).toMatchObject([{ id: readJwt(access).claims['sid'], is_current: true }])
})

test('absolute end and revocation bind access tokens before their exp', async () => {
  const [ended, revoked] = [await logIn(longAccess), await logIn(longAccess)]
  await age(db, ended.id, '90 days')
  await longAccess.logout(revoked.refresh)
  for (const { access } of [ended, revoked]) {
    for (const [, open] of calls) expect((await open(longAccess, access)).status).toBe(401)
  }
})

test("ending all ends expired sessions' access tokens too, without an event", async () => {
  const { id, email, access } = await logIn(longAccess)
  await age(db, id, '8 days')
  const later = (await longAccess.login(email, password)).body
  expect((await longAccess.me(access)).status).toBe(200)
  expect((await call('POST', 'sessions/end-others/')(longAccess, later.access)).status).toBe(200)
  expect((await longAccess.me(access)).status).toBe(401)
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).not.toContain('session_revoked')
})

test('an expired session outlives the end of others when asking', async () => {
  const { id, email, access } = await logIn(longAccess)
  await age(db, id, '8 days')
  const [one, other] = [
    (await longAccess.login(email, password)).body,
    (await longAccess.login(email, password)).body,
  ]
  const end = call('DELETE', `sessions/${String(readJwt(other.access).claims['sid'])}/`)
  expect((await end(longAccess, one.access)).status).toBe(204)
  expect((await longAccess.me(access)).status).toBe(200)
  expect((await call('POST', 'sessions/end-others/')(longAccess, access)).status).toBe(200)
  expect((await longAccess.me(access)).status).toBe(200)
  expect((await longAccess.me(one.access)).status).toBe(401)
})

test('sessions already over keep their end, and no event changes it', async () => {
  const { id, email, refresh } = await logIn(service)
  await service.logout(refresh)
  await service.login(email, password)
  await age(db, id, '91 days')
  const { access } = (await service.login(email, password)).body
  const before = (await sessionsOf(db, id)).slice(0, 2)
  expect((await call('POST', 'sessions/end-others/')(service, access)).status).toBe(200)
  expect((await sessionsOf(db, id)).slice(0, 2)).toEqual(before)
  expect(before.map(({ revoked_because }) => revoked_because)).toEqual(['logout', null])
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).not.toContain('session_revoked')
})

test('me answers a token whose later expires_at a failover lost', async () => {
  const { id, refresh } = await logIn(service)
  const { access } = (await service.refresh(refresh)).body
  await sql`update sessions set generation = 0, expires_at = now() - interval '1 hour' where user_id = ${id}`.execute(
    db,
  )
  expect((await service.me(access)).status).toBe(200)
})

test.each([
  ['expires_at', '7 days'],
  ['ends_at', '90 days'],
] as const)(
  'LEEWAY reaches refresh and me: %s passed 30 seconds ago, and no more',
  async (column, lifetime) => {
    const { id, refresh, access } = await logIn(service)
    if (column === 'ends_at')
      await sql`update sessions set expires_at = ends_at where user_id = ${id}`.execute(db)
    await age(db, id, lifetime)
    await age(db, id, '30 seconds')
    expect((await service.refresh(refresh)).status).toBe(401)
    expect((await service.me(access)).status).toBe(column === 'ends_at' ? 401 : 200)
    for (const [, open] of calls.slice(0, 3)) expect((await open(patient, access)).status).toBe(200)
    expect((await patient.refresh(refresh)).status).toBe(200)

    const other = await logIn(service)
    if (column === 'ends_at')
      await sql`update sessions set expires_at = ends_at where user_id = ${other.id}`.execute(db)
    await age(db, other.id, lifetime)
    await age(db, other.id, '61 seconds')
    expect((await patient.refresh(other.refresh)).body.detail).toBe('Token is expired')
  },
)

test('LEEWAY lets a just expired refresh token pass everywhere', async () => {
  const { id } = await addAccount(service)
  const justExpired = signJwt({ ...djangoClaims('refresh', id), exp: Math.floor(Date.now() / 1000) - 5 })
  expect((await service.refresh(justExpired)).status).toBe(401)
  expect((await patient.refresh(justExpired)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1 })
})

const blacklisted = { status: 400, body: { non_field_errors: ['Token is blacklisted'] } }

test('strict: verify refuses replaced refresh tokens, never access tokens', async () => {
  const { refresh, access } = await logIn(strict)
  expect((await strict.verify(refresh)).status).toBe(200)
  const { body } = await strict.refresh(refresh)
  expect(await strict.verify(refresh)).toMatchObject(blacklisted)
  const ofAnotherType = signJwt({ ...readJwt(refresh).claims, token_type: 'sliding' })
  for (const token of [access, body.access, body.refresh, ofAnotherType])
    expect((await strict.verify(token)).status).toBe(200)
  expect((await service.verify(refresh)).status, 'lenient, nothing is blacklisted').toBe(200)
})

test.each([
  ['logged out', (token: string) => strict.logout(token)],
  ['replaced', (token: string) => strict.refresh(token)],
])("strict: verify refuses a token of Django's that was %s, whatever its jti", async (_, use) => {
  for (const jti of ['0f0e0d0c0b0a09080706050403020100', 'x'.repeat(500)]) {
    const { id } = await addAccount(strict)
    const token = signJwt(djangoClaims('refresh', id, `${jti}${id}`))
    expect((await strict.verify(token)).status).toBe(200)
    expect((await use(token)).status).toBe(200)
    expect(await strict.verify(token)).toMatchObject(blacklisted)
    expect((await strict.verify(signJwt(djangoClaims('access', id)))).status).toBe(200)
  }
})

test("who ends all sessions ends no expired one of another user's", async () => {
  const [one, other] = [await logIn(longAccess), await logIn(longAccess)]
  await age(db, other.id, '8 days')
  expect((await call('POST', 'sessions/end-others/')(longAccess, one.access)).status).toBe(200)
  expect((await longAccess.me(other.access)).status).toBe(200)
})
