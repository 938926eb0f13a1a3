import { randomUUID, sign } from 'node:crypto'
import { type AsymmetricKey, generateKey, toPublicJwk } from '@pockitflyer/auth/admin'
import { expect, onTestFinished, test } from 'vitest'
import { startTestFlyers } from './start-test-flyers.ts'
import { createCaller, makeFlyer, openServices, toSetting } from './service.ts'

const services = await openServices()

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Signs an access token as the account service does, or as a forger would with a key of their own.
 */
function signToken(userId: number, { key = services.signingKey.key, lifetimeSeconds = 60 } = {}): string {
  const iat = Math.floor(Date.now() / 1000)
  const header = { alg: 'EdDSA', typ: 'JWT', kid: services.signingKey.kid }
  const claims = { token_type: 'access', exp: iat + lifetimeSeconds, iat, jti: randomUUID(), user_id: userId }
  const content = `${encode(header)}.${encode(claims)}`
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`
}

test('a good token is accepted offline', async () => {
  const { id } = await services.logIn()
  expect(await createCaller(services.url, signToken(id)).create(makeFlyer())).toMatchObject({ status: 201 })
})

test('without a token every procedure asks for one, before its input', async () => {
  const nobody = createCaller(services.url)
  const refusal = {
    status: 401,
    body: { detail: 'Authentication credentials were not provided.', code: 'not_authenticated' },
    challenge: 'Bearer',
    retryAfter: null,
    cache: 'no-store',
  }
  expect(await nobody.mine()).toEqual(refusal)
  expect(await nobody.create({})).toEqual(refusal)
  const data = { code: 'not_authenticated', httpStatus: 401 }
  await expect(nobody.trpc.mine.query()).rejects.toMatchObject({ data })
  await expect(nobody.trpc.create.mutate(makeFlyer())).rejects.toMatchObject({ data })
})

test('expired and forged tokens, and refresh tokens, are refused at every procedure', async () => {
  const { id, refresh } = await services.logIn()
  const unsigned = `${encode({ alg: 'none' })}.${encode({ token_type: 'access', exp: 9e9, jti: 'x', user_id: id })}.`
  const refused = [
    [signToken(id, { lifetimeSeconds: -60 }), 'token_expired'],
    [signToken(id, { key: generateKey('EdDSA').key }), 'token_invalid'],
    [unsigned, 'token_invalid'],
    ['garbage', 'token_invalid'],
    [refresh, 'token_wrong_type'],
  ]
  for (const [token, code] of refused) {
    const caller = createCaller(services.url, token)
    const refusal = { status: 401, body: { code }, challenge: 'Bearer error="invalid_token"' }
    expect(await caller.mine()).toMatchObject(refusal)
    expect(await caller.create(makeFlyer())).toMatchObject(refusal)
    await expect(caller.trpc.mine.query()).rejects.toMatchObject({ data: { code, httpStatus: 401 } })
  }
})

test('an ended session posts until its token expires, unless introspected', async () => {
  const { session, ...ada } = await services.logIn()
  await session.logOut()
  expect(await ada.create(makeFlyer())).toMatchObject({ status: 201 })
  expect(await ada.mine()).toMatchObject({ status: 401, body: { code: 'session_ended' } })
})

test('without the account service, vouched tokens work: flyers lack their author', async () => {
  const ada = await services.logIn()
  await ada.create(makeFlyer())
  await services.stopApi()
  expect(await ada.create(makeFlyer())).toMatchObject({ status: 201 })
  const { status, body } = await ada.mine()
  expect([status, body]).toMatchObject([200, { author: null, flyers: [{}, {}] }])

  const late = await startTestFlyers(services.databaseUrl, services.apiUrl)
  onTestFinished(() => late.stop())
  const caller = createCaller(late.url, ada.access)
  expect(await caller.mine()).toMatchObject({
    status: 503,
    body: { detail: 'Tokens cannot be checked at the moment.', code: 'keys_unavailable' },
    challenge: null,
    retryAfter: '1',
  })
  expect((await fetch(`${late.url}/readyz`)).status).toBe(200)

  await services.startApi({ SIGNING_KEY: toSetting(services.signingKey) })
  await expect.poll(async () => (await caller.mine()).status).toBe(200)
})

test("a token must match the account service's issuer and audience", async () => {
  const env = { ISSUER: 'https://accounts.test', AUDIENCE: 'flyers' }
  await services.stopApi()
  await services.startApi({ SIGNING_KEY: toSetting(services.signingKey), ...env })
  const { access } = await services.logIn()
  const statuses: Record<string, number> = {}
  for (const AUDIENCE of ['flyers', 'others', '']) {
    const flyers = await startTestFlyers(services.databaseUrl, services.apiUrl, { ...env, AUDIENCE })
    onTestFinished(() => flyers.stop())
    statuses[AUDIENCE] = (await createCaller(flyers.url, access).mine()).status
  }
  expect(statuses).toEqual({ flyers: 200, others: 401, '': 401 })
  await services.stopApi()
  await services.startApi({ SIGNING_KEY: toSetting(services.signingKey) })
})

test('no token is refused during `pnpm auth keys rotate`', async () => {
  const next = generateKey('EdDSA')
  const old = await services.logIn()
  const flyers = await startTestFlyers(services.databaseUrl, services.apiUrl)
  onTestFinished(() => flyers.stop())
  const expectAccepted = async (token: string) =>
    expect(await createCaller(flyers.url, token).mine()).toMatchObject({ status: 200 })

  const step = (signing: AsymmetricKey, verifying: AsymmetricKey) => ({
    SIGNING_KEY: toSetting(signing),
    VERIFYING_KEYS: JSON.stringify(toPublicJwk(verifying)),
  })
  for (const settings of [step(services.signingKey, next), step(next, services.signingKey)]) {
    await services.stopApi()
    await services.startApi(settings)
    await expectAccepted(old.access)
    await expectAccepted((await services.logIn()).access)
  }
})
