import { expect, test } from 'vitest'
import { addAccount, createService, openDatabase, logIn } from '../support/harness.ts'
import { djangoClaims, epochSeconds, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

test("verify accepts both types of token, ours and Django's", async () => {
  const { id, access, refresh } = await logIn(service)
  const theirs = (['access', 'refresh'] as const).map((type) => signJwt(djangoClaims(type, id)))
  for (const token of [access, refresh, ...theirs]) {
    expect(await service.verify(token)).toMatchObject({ status: 200, text: '{}' })
  }
})

test('verify refuses bad tokens with the texts of SimpleJWT', async () => {
  const { access } = await logIn(service)
  const { claims } = readJwt(access)
  for (const [token, detail] of [
    ['garbage', 'Token is invalid'],
    [signJwt(claims, { alg: 'none' }), 'Token is invalid'],
    [signJwt(claims, { key: 'another-key-that-is-long-enough-for-hs256' }), 'Token is invalid'],
    [signJwt({ ...claims, exp: epochSeconds() }), 'Token is expired'],
    [signJwt({ ...claims, exp: undefined }), "Token has no 'exp' claim"],
    [signJwt({ ...claims, jti: undefined }), 'Token has no id'],
  ]) {
    const answer = await service.verify(token)
    expect(answer).toMatchObject({ status: 401, body: { detail, code: 'token_not_valid' } })
  }
  expect((await service.post('token/verify/', {})).body).toEqual({ token: ['This field is required.'] })
})

test('strict: verify refuses ended sessions; lenient, only me does', async () => {
  const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
  const { access, refresh } = await logIn(service)
  expect((await strict.verify(refresh)).status).toBe(200)
  await service.logout(refresh)
  for (const token of [access, refresh]) {
    expect((await service.verify(token)).status).toBe(200)
    expect(await strict.verify(token)).toMatchObject({
      status: 400,
      body: { non_field_errors: ['Token is blacklisted'] },
    })
  }
})

test('verify refuses impossible session ids without asking the database', async () => {
  const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
  const { id } = await addAccount(service)
  for (const sid of ['none', '', 7, null, { $ne: '' }]) {
    const answer = await strict.verify(signJwt({ ...djangoClaims('access', id), sid }))
    expect([sid, answer.status, answer.body.detail]).toEqual([sid, 401, 'Token is invalid'])
  }
  expect(strict.reports).toEqual([])
})
