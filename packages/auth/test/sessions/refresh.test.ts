import { expect, test } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { refresh as refreshSession } from '../../src/sessions/refresh.ts'
import {
  age,
  type Answer,
  createService,
  eventsOf,
  openDatabase,
  sessionOf,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { epochSeconds, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const nobody = { client: { ip: null, userAgent: null } }

test('a refresh answers access and refresh, and the pair works', async () => {
  const { id, email, refresh } = await logIn(service)
  const answer = await service.refresh(refresh)
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.body)).toEqual(['access', 'refresh'])
  expect(answer.body.refresh).not.toBe(refresh)
  expect(readJwt(answer.body.refresh).claims).toMatchObject({ user_id: id, email, gen: 1 })
  expect((await service.me(answer.body.access)).body).toMatchObject({ id, email })
  expect((await service.refresh(answer.body.refresh)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 2, revoked_at: null })
})

test('a chain of refreshes is one session with new tokens', async () => {
  const { id, refresh } = await logIn(service)
  const seen = [refresh]
  for (let generation = 1; generation <= 10; generation += 1) {
    seen.push((await service.refresh(seen.at(-1))).body.refresh)
  }
  expect(seen.map((token) => readJwt(token).claims['gen'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(new Set(seen.map((token) => readJwt(token).claims['jti'])).size).toBe(11)
  expect(new Set(seen.map((token) => readJwt(token).claims['sid'])).size).toBe(1)
  expect(await sessionsOf(db, id)).toHaveLength(1)
})

test('a refreshed token bears the address that the user has now', async () => {
  const { id, refresh } = await logIn(service)
  await db
    .updateTable('users')
    .set({ email: `moved-${id}@example.com` })
    .where('id', '=', id)
    .execute()
  const { body } = await service.refresh(refresh)
  expect(readJwt(body.access).claims['email']).toBe(`moved-${id}@example.com`)
})

const invalid = refusal('Token is invalid')
const expired = refusal('Token is expired')
const ended = refusal('Token is blacklisted')

function refusal(detail: string) {
  return { detail, code: 'token_not_valid' }
}

async function expectRefusal(token: string, body: unknown): Promise<Answer> {
  const answer = await service.refresh(token)
  expect(answer).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="api"', 'cache-control': 'no-store' },
  })
  expect(answer.body).toEqual(body)
  return answer
}

test("a foreign refresh token is refused with SimpleJWT's texts", async () => {
  const { id, access, refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  const [header = '', payload = '', signature = ''] = refresh.split('.')
  const otherPayload = Buffer.from(JSON.stringify({ ...claims, user_id: id + 1 })).toString('base64url')
  for (const [kind, token] of Object.entries({
    garbage: 'garbage',
    dots: '..',
    spaces: 'a b c',
    unicode: 'ä.ö.ü',
    'another key': signJwt(claims, { key: 'another-key-that-is-long-enough-for-hs256' }),
    'alg none': signJwt(claims, { alg: 'none' }),
    'alg none, our signature': `${signJwt(claims, { alg: 'none' })}${signature}`,
    HS384: signJwt(claims, { alg: 'HS384' }),
    HS512: signJwt(claims, { alg: 'HS512' }),
    'other claims': `${header}.${otherPayload}.${signature}`,
    'no signature': `${header}.${payload}.`,
    'cut signature': `${header}.${payload}.${signature.slice(0, -2)}`,
    'signature of the access token': `${header}.${payload}.${access.split('.')[2]}`,
    'a claim that is no object': signJwt('"text"'),
  })) {
    const answer = await service.refresh(token)
    expect([kind, answer.status, answer.body]).toEqual([kind, 401, invalid])
  }
  await expectRefusal(access, refusal('Token has wrong type'))
  expect(await sessionOf(db, id)).toMatchObject({ generation: 0 })
})

test('a refresh token lacking a claim is refused by its name', async () => {
  const { refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  const without = (...names: string[]) =>
    signJwt(Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name))))
  await expectRefusal(without('exp', 'jti', 'token_type'), refusal("Token has no 'exp' claim"))
  await expectRefusal(without('jti', 'token_type'), refusal('Token has no id'))
  await expectRefusal(without('token_type', 'user_id'), refusal('Token has no type'))
  await expectRefusal(without('user_id'), refusal('Token contained no recognizable user identification'))
  await expectRefusal(without('gen'), invalid)
})

test('a session id or generation that we never mint is refused', async () => {
  const { id, refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  for (const odd of [
    { sid: 'none' },
    { sid: 7 },
    { sid: null },
    { sid: { $ne: '' } },
    { gen: -1 },
    { gen: 0.5 },
    { gen: '0' },
    { gen: null },
    { gen: 2147483647 },
    { gen: 1e30 },
  ]) {
    await expectRefusal(signJwt({ ...claims, ...odd }), invalid)
  }
  await expectRefusal(signJwt({ ...claims, gen: 2147483646 }), invalid)
  await expectRefusal(signJwt({ ...claims, sid: crypto.randomUUID() }), ended)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 0, revoked_at: null })
})

test("a session is not refreshed with another user's id", async () => {
  const [mine, theirs] = [await logIn(service), await logIn(service)]
  await expectRefusal(signJwt({ ...readJwt(mine.refresh).claims, user_id: theirs.id }), ended)
  expect(await sessionOf(db, mine.id)).toMatchObject({ generation: 0, revoked_at: null })
})

test('an expired refresh token is refused from the second it expires', async () => {
  const { refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  await expectRefusal(signJwt({ ...claims, exp: epochSeconds() }), expired)
  await expectRefusal(signJwt({ ...claims, exp: 1 }), expired)
  const sevenDaysLater = await createService(db, {}, () => new Date(Number(claims['exp']) * 1000))
  expect((await sevenDaysLater.refresh(refresh)).body).toEqual(expired)
})

test('a token over 8 KiB is refused unread, one below is read', async () => {
  const { refresh } = await logIn(service)
  const { claims } = readJwt(refresh)
  const padded = (size: number) => signJwt({ ...claims, padding: 'x'.repeat(size) })
  const fits = padded(5500)
  expect(fits.length).toBeLessThan(8192)
  expect(padded(6000).length).toBeGreaterThan(8192)
  await expectRefusal(padded(6000), invalid)
  expect((await service.refresh(fits)).status).toBe(200)
})

test('a session over by the database is refused for any token', async () => {
  const { id, refresh } = await logIn(service)
  const next = (await service.refresh(refresh)).body.refresh
  await age(db, id, '7 days')
  await expectRefusal(next, expired)
  await expectRefusal(refresh, expired)
})

test('expires_at slides with each refresh and never passes ends_at, which never moves', async () => {
  const { id, refresh } = await logIn(service)
  const { ends_at: firstEnd } = await sessionOf(db, id)
  await age(db, id, '6 days')
  const second = (await service.refresh(refresh)).body.refresh
  const slid = await sessionOf(db, id)
  expect(slid.expires_at.getTime() - slid.rotated_at.getTime()).toBe(7 * 86_400_000)
  expect(firstEnd.getTime() - slid.ends_at.getTime()).toBe(6 * 86_400_000)

  await db.updateTable('sessions').set({ expires_at: slid.ends_at }).where('user_id', '=', id).execute()
  await age(db, id, '80 days')
  const third = (await service.refresh(second)).body
  const last = await sessionOf(db, id)
  expect(last.expires_at).toEqual(last.ends_at)
  expect(last.ends_at.getTime() - slid.ends_at.getTime()).toBe(-80 * 86_400_000)
  expect(readJwt(third.refresh).claims['exp']).toBe(Math.floor(last.ends_at.getTime() / 1000))
})

test('an access token does not outlive its session', async () => {
  const { id, refresh } = await logIn(service)
  const tomorrow = new Date(Date.now() + 3_600_000)
  await db.updateTable('sessions').set({ ends_at: tomorrow }).where('user_id', '=', id).execute()
  const { access } = (await service.refresh(refresh)).body
  expect(readJwt(access).claims['exp']).toBe(Math.floor(tomorrow.getTime() / 1000))
})

test('a session past its absolute end is refused, however recently refreshed', async () => {
  const { id, refresh } = await logIn(service)
  const future = new Date(Date.now() + 86_400_000)
  await age(db, id, '90 days')
  await db.updateTable('sessions').set({ expires_at: future }).where('user_id', '=', id).execute()
  await expectRefusal(refresh, expired)
})

test('a revoked session is refused', async () => {
  const { id, refresh } = await logIn(service)
  await db
    .updateTable('sessions')
    .set({ revoked_at: new Date(), revoked_because: 'operator' })
    .where('user_id', '=', id)
    .execute()
  await expectRefusal(refresh, ended)
})

test('a deactivated user is refused, also after being activated again', async () => {
  const { id, refresh } = await logIn(service)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', id).execute()
  await expectRefusal(refresh, { detail: 'No active account found for the given token.' })
  await db.updateTable('users').set({ is_active: true }).where('id', '=', id).execute()
  await setActive(service.auth, nobody, { userId: id, isActive: false })
  await expectRefusal(refresh, ended)
  await setActive(service.auth, nobody, { userId: id, isActive: true })
  await expectRefusal(refresh, ended)
})

test('the session of a deleted user goes with the user', async () => {
  const { id, access, refresh } = await logIn(service)
  await db.deleteFrom('users').where('id', '=', id).execute()
  expect(await sessionsOf(db, id)).toEqual([])
  const unavailable = { detail: 'No active account found for the given token.' }
  await expectRefusal(refresh, unavailable)
  expect(await service.logout(refresh)).toMatchObject({ status: 401, body: unavailable })
  expect((await service.me(access)).body).toEqual({ detail: 'User not found', code: 'user_not_found' })
})

test('ROTATE_REFRESH_TOKENS=false answers an access token alone', async () => {
  const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
  const { id, refresh } = await logIn(still)
  for (let round = 0; round < 3; round += 1) {
    const { status, body } = await still.refresh(refresh)
    expect([status, Object.keys(body)]).toEqual([200, ['access']])
    expect((await still.me(body.access)).status).toBe(200)
  }
  expect(await sessionOf(db, id)).toMatchObject({ generation: 0 })
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added', 'login'])
})

test.each([
  [{}, { refresh: ['This field is required.'] }],
  [{ refresh: '' }, { refresh: ['This field may not be blank.'] }],
  [{ refresh: null }, { refresh: ['This field may not be null.'] }],
  [{ refresh: ['a'] }, { refresh: ['Not a valid string.'] }],
])('a refresh without a token is refused by field: %j', async (input, fields) => {
  expect(await service.post('token/refresh/', input)).toMatchObject({ status: 400, body: fields })
  expect(await service.post('token/blacklist/', input)).toMatchObject({ status: 400, body: fields })
})

test('a session shows from where and with what it was refreshed last', async () => {
  const { id, refresh: token } = await logIn(service)
  const elsewhere = { 'X-Test-Address': '198.51.100.9', 'User-Agent': 'another device' }
  const { body } = await service.rest(
    'POST',
    '/api/users/token/refresh/',
    { headers: elsewhere },
    JSON.stringify({ refresh: token }),
  )
  const shown = { ip: '198.51.100.9', user_agent: 'another device' }
  expect(await sessionOf(db, id)).toMatchObject(shown)
  await refreshSession(service.auth, nobody, { refresh: body.refresh })
  expect(await sessionOf(db, id)).toMatchObject(shown)
})
