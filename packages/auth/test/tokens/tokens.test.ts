import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addAccount, createService, openDatabase, password, sessionOf, logIn } from '../support/harness.ts'
import { djangoClaims, readJwt, secretKey, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const hex32 = /^[0-9a-f]{32}$/

test("an access token has the contract's header and ordered claims", async () => {
  const { id, email, access } = await logIn(service)
  const { header, claims } = readJwt(access)
  expect(JSON.stringify(header)).toBe('{"alg":"HS256","typ":"JWT"}')
  expect(Object.keys(claims)).toEqual(['token_type', 'exp', 'iat', 'jti', 'user_id', 'email', 'sid', 'gen'])
  expect(claims).toMatchObject({
    token_type: 'access',
    user_id: id,
    email,
    sid: (await sessionOf(db, id)).id,
    gen: 0,
  })
  expect(claims['jti']).toMatch(hex32)
})

test('a refresh token has them too, and its generation', async () => {
  const { id, email, refresh } = await logIn(service)
  const { header, claims } = readJwt(refresh)
  expect(JSON.stringify(header)).toBe('{"alg":"HS256","typ":"JWT"}')
  expect(Object.keys(claims)).toEqual(['token_type', 'exp', 'iat', 'jti', 'user_id', 'email', 'sid', 'gen'])
  expect(claims).toMatchObject({ token_type: 'refresh', user_id: id, email, gen: 0 })
  expect(claims['jti']).toMatch(hex32)
})

test('an access token lives 24 hours, a refresh token 7 days', async () => {
  const { id, access, refresh } = await logIn(service)
  const lifetime = (token: string) => {
    const { exp, iat } = readJwt(token).claims
    return Number(exp) - Number(iat)
  }
  expect([lifetime(access), lifetime(refresh)]).toEqual([86_400, 604_800])
  const { created_at, expires_at } = await sessionOf(db, id)
  expect(readJwt(refresh).claims['iat']).toBe(Math.floor(created_at.getTime() / 1000))
  expect(readJwt(refresh).claims['exp']).toBe(Math.floor(expires_at.getTime() / 1000))
  const next = (await service.refresh(refresh)).body
  expect([lifetime(next.access), lifetime(next.refresh)]).toEqual([86_400, 604_800])
})

test('lifetimes follow the settings, and no token outlives its session', async () => {
  const brief = await createService(db, {
    ACCESS_TOKEN_LIFETIME: '2h',
    REFRESH_TOKEN_LIFETIME: '3h',
    SESSION_MAX_LIFETIME: '1h',
  })
  const { id, access, refresh } = await logIn(brief)
  const { ends_at } = await sessionOf(db, id)
  const end = Math.floor(ends_at.getTime() / 1000)
  expect(readJwt(access).claims).toMatchObject({ exp: end, iat: end - 3600 })
  expect(readJwt(refresh).claims).toMatchObject({ exp: end, iat: end - 3600 })
})

test('the signature is HMAC-SHA-256 that every JWT library checks', async () => {
  const { access, refresh } = await logIn(service)
  for (const token of [access, refresh]) {
    const { signature, rightSignature } = readJwt(token)
    expect(signature).toBe(rightSignature)
  }
})

test('every login and every access token has a jti of its own', async () => {
  const { email } = await addAccount(service)
  const answers = await Promise.all(Array.from({ length: 5 }, () => service.login(email, password)))
  const tokens = answers.flatMap(({ body }) => [body.access, body.refresh])
  expect(new Set(tokens.map((token) => readJwt(token).claims['jti'])).size).toBe(10)
})

test('a token of another issuer or audience is refused', async () => {
  const addressed = await createService(db, { ISSUER: 'https://accounts.example.com', AUDIENCE: 'flyers' })
  const { id, access } = await logIn(addressed)
  expect(readJwt(access).claims).toMatchObject({ iss: 'https://accounts.example.com', aud: 'flyers' })
  expect((await addressed.me(access)).status).toBe(200)
  const claims = { ...djangoClaims('access', id), iss: 'https://accounts.example.com', aud: 'flyers' }
  expect((await addressed.me(signJwt(claims))).status).toBe(200)
  for (const wrong of [
    { iss: 'https://evil.example.com' },
    { aud: 'other' },
    { iss: undefined },
    { aud: undefined },
  ]) {
    expect((await addressed.me(signJwt({ ...claims, ...wrong }))).status).toBe(401)
  }
})

test('LEEWAY lets a token pass that expired a moment ago', async () => {
  const { id } = await addAccount(service)
  const lenient = await createService(db, { LEEWAY: '1m' })
  const expiredFor = (seconds: number) => {
    const claims = djangoClaims('access', id)
    return signJwt({ ...claims, exp: claims.iat - seconds })
  }
  expect((await service.me(expiredFor(5))).status).toBe(401)
  expect((await lenient.me(expiredFor(5))).status).toBe(200)
  expect((await lenient.me(expiredFor(65))).status).toBe(401)
})

test('a foreign token with a future iat is refused', async () => {
  const { id, access } = await logIn(service)
  const claims = djangoClaims('access', id)
  const early = await service.me(signJwt({ ...claims, iat: claims.iat + 60 }))
  expect(early.body).toMatchObject({ messages: [{ message: 'Token is invalid' }] })
  const expiredToo = await service.me(signJwt({ ...claims, iat: claims.iat + 60, exp: claims.iat - 60 }))
  expect(expiredToo.body).toMatchObject({ messages: [{ message: 'Token is invalid' }] })
  const behind = await createService(db, {}, () => new Date(Date.now() - 60_000))
  expect((await behind.me(access)).status).toBe(200)
})

test("a token with a future nbf is refused, ours and Django's", async () => {
  const { id, access } = await logIn(service)
  const lenient = await createService(db, { LEEWAY: '2m' })
  const nbf = Math.floor(Date.now() / 1000) + 60
  for (const claims of [djangoClaims('access', id), readJwt(access).claims]) {
    const early = signJwt({ ...claims, nbf })
    expect((await service.me(early)).body).toMatchObject({ messages: [{ message: 'Token is invalid' }] })
    expect((await lenient.me(early)).status).toBe(200)
    expect((await service.me(signJwt({ ...claims, nbf: nbf - 120 }))).status).toBe(200)
  }
})

test('the public keys are none: the key of HS256 is secret', () => {
  expect(service.auth.tokens.jwks()).toEqual({ keys: [] })
})

test('no answer or row holds a password, hash, key or token', async () => {
  const secret = 'unmistakable pässword 8b1f'
  const { id, email, refresh, access } = await logIn(service, { password: secret })
  const answers = [
    await service.login(email, secret),
    await service.login(email, `${secret}?`),
    await service.post('login/', { email: null, password: secret }),
    await service.mutate('auth.login', { email, password: secret }),
    await service.mutate('auth.login', { password: secret }),
    await service.refresh(refresh),
    await service.me(access),
    await service.verify(access),
    await service.logout(refresh),
  ]
  const { password_hash } = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  for (const { text, headers } of answers) {
    const whole = text + JSON.stringify(headers)
    for (const forbidden of [secret, password_hash, '$argon2', secretKey])
      expect(whole).not.toContain(forbidden)
  }
  const rows = await sql`
    select to_jsonb(auth_events)::text as text from auth_events
    union all select to_jsonb(e)::text from events_without_user as e
    union all select to_jsonb(sessions)::text from sessions
    union all select to_jsonb(users)::text from users
    union all select to_jsonb(profiles)::text from profiles`.execute(db)
  const everything = JSON.stringify(rows.rows)
  expect(everything).toContain(email)
  for (const forbidden of ['unmistakable', secretKey, refresh, access, refresh.split('.')[2] ?? '']) {
    expect(everything).not.toContain(forbidden)
  }
  const events = await sql`select to_jsonb(auth_events)::text as text from auth_events`.execute(db)
  expect(JSON.stringify(events.rows)).not.toContain('$argon2')
})
