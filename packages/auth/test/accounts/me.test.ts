import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addAccount, age, createService, openDatabase, logIn } from '../support/harness.ts'
import { djangoClaims, epochSeconds, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const notGiven = { detail: 'Authentication credentials were not provided.' }
const notFound = { detail: 'User not found', code: 'user_not_found' }

function notValid(message: string) {
  return {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  }
}

async function expectRefusal(headers: Record<string, string>, body: unknown) {
  const answer = await service.me(undefined, headers)
  expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="api"' } })
  expect([headers, answer.body]).toEqual([headers, body])
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

test("an access token identifies its owner, in the login's shape", async () => {
  const { id, email, access } = await logIn(service, { display_name: 'Ada', bio: 'Countess' })
  const { status, text } = await service.me(access)
  expect(status).toBe(200)
  expect(text).toBe(JSON.stringify({ id, email, profile: { display_name: 'Ada', bio: 'Countess' } }))
})

test('me answers what the database knows now, not what the token says', async () => {
  const { id, access } = await logIn(service)
  await db.updateTable('profiles').set({ display_name: 'Renamed' }).where('user_id', '=', id).execute()
  await db
    .updateTable('users')
    .set({ email: `new-${id}@example.com` })
    .where('id', '=', id)
    .execute()
  expect((await service.me(access)).body).toMatchObject({
    email: `new-${id}@example.com`,
    profile: { display_name: 'Renamed' },
  })
})

test('without a token nobody is logged in', async () => {
  const { access } = await logIn(service)
  await expectRefusal({}, notGiven)
  await expectRefusal({ Authorization: '' }, notGiven)
  await expectRefusal({ Authorization: `Token ${access}` }, notGiven)
  await expectRefusal({ Authorization: `Basic ${access}` }, notGiven)
  await expectRefusal({ Authorization: `JWT ${access}` }, notGiven)
  await expectRefusal({ Authorization: access }, notGiven)
  await expectRefusal({ Cookie: `access=${access}` }, notGiven)
})

test('the header holds the scheme and one token', async () => {
  const { access } = await logIn(service)
  const twoParts = {
    detail: 'Authorization header must contain two space-delimited values',
    code: 'bad_authorization_header',
  }
  await expectRefusal({ Authorization: 'Bearer' }, twoParts)
  await expectRefusal({ Authorization: `Bearer ${access} again` }, twoParts)
  for (const authorization of [`bearer ${access}`, `BEARER ${access}`, ` Bearer   ${access} `]) {
    expect((await service.me(undefined, { Authorization: authorization })).status).toBe(200)
  }
})

test("a bad access token is refused with SimpleJWT's reason", async () => {
  const { access, refresh } = await logIn(service)
  const { claims } = readJwt(access)
  await expectRefusal(bearer('garbage'), notValid('Token is invalid'))
  await expectRefusal(bearer(refresh), notValid('Token has wrong type'))
  await expectRefusal(bearer(signJwt({ ...claims, exp: epochSeconds() })), notValid('Token is expired'))
  await expectRefusal(bearer(signJwt({ ...claims, exp: undefined })), notValid("Token has no 'exp' claim"))
  await expectRefusal(bearer(signJwt({ ...claims, jti: undefined })), notValid('Token has no id'))
  await expectRefusal(bearer(signJwt({ ...claims, token_type: undefined })), notValid('Token has no type'))
  await expectRefusal(bearer(signJwt(claims, { alg: 'none' })), notValid('Token is invalid'))
  await expectRefusal(bearer(signJwt(claims, { alg: 'HS512' })), notValid('Token is invalid'))
  await expectRefusal(bearer(signJwt(claims, { key: 'x'.repeat(40) })), notValid('Token is invalid'))
  await expectRefusal(bearer(access.slice(0, -1)), notValid('Token is invalid'))
  await expectRefusal(bearer(signJwt({ ...claims, p: 'x'.repeat(9000) })), notValid('Token is invalid'))
  await expectRefusal(bearer(signJwt({ ...claims, sid: 'none' })), notValid('Token is invalid'))
})

test('an access token expires 24 hours after its login', async () => {
  const { access } = await logIn(service)
  const { exp } = readJwt(access).claims
  const at = (seconds: number) => createService(db, {}, () => new Date((Number(exp) + seconds) * 1000))
  expect((await (await at(-1)).me(access)).status).toBe(200)
  expect((await (await at(0)).me(access)).body).toEqual(notValid('Token is expired'))
})

test("a deactivated or deleted user's access token is refused at once", async () => {
  const { id, access } = await logIn(service)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', id).execute()
  await expectRefusal(bearer(access), { detail: 'User is inactive', code: 'user_inactive' })
  await db.deleteFrom('users').where('id', '=', id).execute()
  await expectRefusal(bearer(access), notFound)
})

test('an access token of a dead or foreign session is refused', async () => {
  const [revoked, over, mine, theirs] = [
    await logIn(service),
    await logIn(service),
    await logIn(service),
    await logIn(service),
  ]
  await db
    .updateTable('sessions')
    .set({ revoked_at: new Date(), revoked_because: 'operator' })
    .where('user_id', '=', revoked.id)
    .execute()
  await age(db, over.id, '90 days')
  const exchanged = signJwt({ ...readJwt(mine.access).claims, user_id: theirs.id })
  for (const token of [revoked.access, over.access, exchanged]) {
    await expectRefusal(bearer(token), notValid('Token is blacklisted'))
  }
})

test('a Django access token is accepted, its id number or text', async () => {
  const { id } = await addAccount(service)
  for (const userId of [id, String(id)]) {
    expect((await service.me(signJwt(djangoClaims('access', userId)))).body).toMatchObject({ id })
  }
})

test.each([
  1e30,
  -1,
  0,
  0.5,
  Number.MAX_SAFE_INTEGER,
  9223372036854775807n.toString(),
  '99999999999999999999999999',
  'abc',
  '',
  ' 1',
  '1; drop table users',
  null,
  true,
  [1],
  { id: 1 },
])('a user id that no user can have is nobody: %j', async (userId) => {
  await expectRefusal(bearer(signJwt(djangoClaims('access', userId))), notFound)
  expect(service.reports).toEqual([])
})

test('a user id too large or missing is no user', async () => {
  const claims = JSON.stringify(djangoClaims('access', '@')).replace('"@"', '1e999')
  await expectRefusal(bearer(signJwt(claims)), notFound)
  await expectRefusal(bearer(signJwt(djangoClaims('access', undefined))), {
    detail: 'Token contained no recognizable user identification',
    code: 'token_not_valid',
  })
})

test('a user id of many digits is accepted as text', async () => {
  await sql`select setval(pg_get_serial_sequence('users', 'id'), 123456789012345)`.execute(db)
  const { id } = await addAccount(service)
  expect((await service.me(signJwt(djangoClaims('access', String(id))))).body).toMatchObject({ id })
})
