import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
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
const lenient = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false', BLACKLIST_AFTER_ROTATION: 'true' })
const modes = [
  ['lenient', lenient],
  ['strict', strict],
] as const

/** What stays the same of a pair while the test moves the times of its session. */
const jtiOf = (refresh: string) => readJwt(refresh).claims['jti']

const wasReused = async (userId: number) =>
  (await eventsOf(db, userId)).some(({ kind }) => kind === 'refresh_reused')

/**
 * A user whose refresh was answered so long ago; the pair of the answer, and the token that was
 * presented for it.
 */
async function logInAndRefresh(service: Service, ago = '1 day') {
  const { access: firstAccess, ...user } = await logIn(service)
  const { body: next } = await service.refresh(user.refresh)
  await age(db, user.id, ago)
  return { ...user, firstAccess, next }
}

test.each(modes)('%s: a lost answer comes again a day later, byte for byte', async (_, service) => {
  const { id, refresh, next } = await logInAndRefresh(service)
  for (const round of ['first', 'second']) {
    const again = await service.refresh(refresh)
    expect([round, again.status, jtiOf(again.body.refresh)]).toEqual([round, 200, jtiOf(next.refresh)])
    expect((await service.refresh(refresh)).body.refresh).toBe(again.body.refresh)
  }
  expect(await wasReused(id)).toBe(false)
  const third = (await service.refresh(next.refresh)).body
  expect((await service.me(third.access)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 2, revoked_at: null, reused_at: null })
})

test.each(modes)('%s: each answer of a chain may be lost for a day', async (_, service) => {
  const { id, ...session } = await logIn(service)
  let { refresh } = session
  for (let generation = 1; generation <= 5; generation += 1) {
    await service.refresh(refresh)
    await age(db, id, '1 day')
    ;({ refresh } = (await service.refresh(refresh)).body)
    expect(readJwt(refresh).claims['gen']).toBe(generation)
  }
  expect(await wasReused(id)).toBe(false)
})

interface Pair {
  access: string
  refresh: string
}

const bearer = (method: string, path: string, body?: unknown) => (service: Service, token: string) =>
  service.rest(
    method,
    `/api/users/${path}`,
    { token, headers: { 'Content-Type': 'application/json' } },
    body === undefined ? undefined : JSON.stringify(body),
  )

/**
 * Every call that this service authenticates, by its access token or by the refresh token itself.
 */
const calls: [string, (service: Service, pair: Pair) => Promise<unknown>][] = [
  ['me', (service, { access }) => bearer('GET', 'me/')(service, access)],
  ['me through tRPC', (service, { access }) => service.query('auth.me', { token: access })],
  ['introspection', (service, { access }) => service.mutate('auth.introspect', { token: access })],
  ['the list of sessions', (service, { access }) => bearer('GET', 'sessions/')(service, access)],
  ['a profile', (service, { access }) => bearer('PATCH', 'me/', { profile: {} })(service, access)],
  [
    'a password that is wrong',
    (service, { access }) =>
      bearer('POST', 'password/change/', { current_password: 'no', new_password: 'no' })(service, access),
  ],
  [
    'the end of other sessions',
    (service, { access }) => bearer('POST', 'sessions/end-others/')(service, access),
  ],
  ['the next refresh', (service, { refresh }) => service.refresh(refresh)],
]

test.each(calls)('once %s has met the new pair, a late replay is reuse', async (_, use) => {
  for (const [mode, service] of modes) {
    const { id, refresh, next } = await logInAndRefresh(service)
    await use(service, next)
    await age(db, id, '31 seconds')
    expect([mode, (await service.refresh(refresh)).status]).toEqual([mode, service === strict ? 401 : 200])
    expect([mode, await wasReused(id)]).toEqual([mode, true])
    expect((await sessionOf(db, id)).revoked_because).toBe(service === strict ? 'reuse' : null)
  }
})

test('what only asks for the signature confirms nothing: token/verify, as siblings offline', async () => {
  const { id, refresh, next } = await logInAndRefresh(strict)
  for (const token of [next.access, next.refresh]) expect((await lenient.verify(token)).status).toBe(200)
  expect(jtiOf((await strict.refresh(refresh)).body.refresh)).toBe(jtiOf(next.refresh))
  expect(await wasReused(id)).toBe(false)
})

test('an access token of the generation before confirms nothing of the next', async () => {
  const { id, refresh, firstAccess, next } = await logInAndRefresh(strict, '1 hour')
  expect((await strict.me(firstAccess)).status).toBe(200)
  expect(jtiOf((await strict.refresh(refresh)).body.refresh)).toBe(jtiOf(next.refresh))
  expect(await wasReused(id)).toBe(false)
})

test.each(modes)('%s: when thief and owner alternate, the next replay is reuse', async (_, service) => {
  const { id, refresh: stolen } = await logIn(service)
  const thief = (await service.refresh(stolen)).body
  await age(db, id, '1 day')
  const owner = await service.refresh(stolen)
  expect(jtiOf(owner.body.refresh)).toBe(jtiOf(thief.refresh))
  expect(await wasReused(id), 'no one has used it').toBe(false)

  const next = (await service.refresh(thief.refresh)).body
  await age(db, id, '1 day')
  expect(jtiOf((await service.refresh(owner.body.refresh)).body.refresh)).toBe(jtiOf(next.refresh))
  expect((await service.me(next.access)).status).toBe(200)
  expect((await service.refresh(thief.refresh)).status).toBe(service === strict ? 401 : 200)
  expect(await wasReused(id)).toBe(true)
})

test('delivery is written once a generation, not with every call', async () => {
  const { id, next } = await logInAndRefresh(strict)
  const version = async () => {
    const { rows } = await sql<{
      xmin: string
    }>`select xmin::text from sessions where user_id = ${id}`.execute(db)
    return rows[0]?.xmin
  }
  const before = await version()
  await strict.me(next.access)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1, delivered_generation: 1 })
  const after = await version()
  expect(after).not.toBe(before)
  await strict.me(next.access)
  await bearer('GET', 'sessions/')(strict, next.access)
  expect(await version()).toBe(after)
})

test('20 sessions met at once are each noted', async () => {
  const users = await Promise.all(Array.from({ length: 20 }, () => logInAndRefresh(strict)))
  await Promise.all(users.slice(0, 19).map(({ next }) => strict.me(next.access)))
  const stored = await Promise.all(users.map(({ id }) => sessionOf(db, id)))
  expect(stored.map((row) => row.delivered_generation)).toEqual([...users.slice(0, 19).map(() => 1), 0])
})

test('a call on a locked session is answered; the next notes delivery', async () => {
  const { id, next } = await logInAndRefresh(strict)
  await db.transaction().execute(async (tx) => {
    await sql`select from sessions where user_id = ${id} for update`.execute(tx)
    expect((await strict.me(next.access)).status).toBe(200)
  })
  expect((await sessionOf(db, id)).delivered_generation).toBe(0)
  await strict.me(next.access)
  expect((await sessionOf(db, id)).delivered_generation).toBe(1)
})

test('an old access token without gen counts from the rotation', async () => {
  for (const [since, delivered] of [
    [-10, 0],
    [0, 1],
  ] as const) {
    const { id, next } = await logInAndRefresh(strict, '0 seconds')
    const { gen: _, iat, ...claims } = readJwt(next.access).claims
    const rotatedAt = Math.floor((await sessionOf(db, id)).rotated_at.getTime() / 1000)
    expect((await strict.me(signJwt({ ...claims, iat: rotatedAt + since }))).status).toBe(200)
    expect([since, iat === undefined, (await sessionOf(db, id)).delivered_generation]).toEqual([
      since,
      false,
      delivered,
    ])
  }
})

test('an access token ahead of its row confirms that pair', async () => {
  const { id, refresh, next } = await logInAndRefresh(strict)
  const { access } = (await strict.refresh(next.refresh)).body
  await sql`update sessions set generation = 1, delivered_generation = 0, rotated_at = now() - interval '31 seconds'
    where user_id = ${id}`.execute(db)
  expect((await strict.me(access)).status).toBe(200)
  expect((await sessionOf(db, id)).delivered_generation).toBe(1)
  expect((await strict.refresh(refresh)).status).toBe(401)
  expect(await wasReused(id)).toBe(true)
})

test.each([
  ['before the column', null],
  ['after a rotation of the next version', 0],
])('what the version before rotated %s counts as delivered, as it did there', async (_, delivered) => {
  const { id, refresh } = await logIn(strict)
  const second = (await strict.refresh(refresh)).body
  await sql`update sessions set generation = 2, delivered_generation = ${delivered}, rotated_at = now() - interval '31 seconds'
    where user_id = ${id}`.execute(db)
  expect((await strict.refresh(second.refresh)).status).toBe(401)
  expect(await wasReused(id)).toBe(true)
})

test("a retry within the grace keeps an older version's pair delivered", async () => {
  const { id, refresh } = await logIn(strict)
  const second = (await strict.refresh(refresh)).body
  await sql`update sessions set generation = 2, delivered_generation = null, rotated_at = now() where user_id = ${id}`.execute(
    db,
  )
  expect((await strict.refresh(second.refresh)).status).toBe(200)
  await age(db, id, '31 seconds')
  expect((await strict.refresh(second.refresh)).status).toBe(401)
})

test('an answer lost without rotation is given again, whole', async () => {
  const { refresh, next } = await logInAndRefresh(strict)
  const { status, body } = await still.refresh(refresh)
  expect([status, jtiOf(body.refresh)]).toEqual([200, jtiOf(next.refresh)])
  expect(Object.keys((await still.refresh(next.refresh)).body)).toEqual(['access'])
})

test('a refresh while rotation is switched off shows that the pair arrived', async () => {
  const { id, refresh, next } = await logInAndRefresh(strict)
  expect((await still.refresh(next.refresh)).status).toBe(200)
  expect((await strict.refresh(refresh)).status).toBe(401)
  expect(await wasReused(id)).toBe(true)
})

test.each(modes)("%s: a Django token's first answer may be lost a day", async (_, service) => {
  const { id } = await logIn(service)
  await sql`delete from sessions where user_id = ${id}`.execute(db)
  const token = signJwt({ ...djangoClaims('refresh', id), exp: Math.floor(Date.now() / 1000) + 604_800 })
  const first = (await service.refresh(token)).body
  await age(db, id, '1 day')
  expect(jtiOf((await service.refresh(token)).body.refresh)).toBe(jtiOf(first.refresh))
  await service.me(first.access)
  expect((await service.refresh(token)).status).toBe(service === strict ? 401 : 200)
  expect(await wasReused(id)).toBe(true)
})

test('a lost answer revives no ended or expired session', async () => {
  const { id, email, refresh, next } = await logInAndRefresh(strict)
  await strict.logout(next.refresh)
  expect((await strict.refresh(refresh)).status).toBe(401)
  expect(await sessionsOf(db, id)).toMatchObject([{ revoked_because: 'logout' }])
  const { body } = await strict.login(email, password)
  await strict.refresh(body.refresh)
  await age(db, id, '7 days')
  expect((await strict.refresh(body.refresh)).body.detail).toBe('Token is expired')
})
