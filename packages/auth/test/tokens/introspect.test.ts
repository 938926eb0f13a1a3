import { expect, test } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { createService, openDatabase, logIn } from '../support/harness.ts'
import { readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

async function isActive(token: unknown): Promise<unknown> {
  const { status, text } = await service.mutate('auth.introspect', { token })
  expect(status).toBe(200)
  return JSON.parse(text)
}

const yes = { result: { data: { active: true } } }
const no = { result: { data: { active: false } } }

test('an access token is active until its session ends', async () => {
  const { access, refresh } = await logIn(service)
  expect(await isActive(access)).toEqual(yes)
  await service.logout(refresh)
  expect(await isActive(access)).toEqual(no)
})

test('an access token is active until its user is deactivated', async () => {
  const { id, access } = await logIn(service)
  await setActive(service.auth, { client: { ip: null, userAgent: null } }, { userId: id, isActive: false })
  expect(await isActive(access)).toEqual(no)
})

test('no other token is active, and nothing says why', async () => {
  const { access, refresh } = await logIn(service)
  const { claims } = readJwt(access)
  const tokens = [
    refresh,
    'garbage',
    signJwt({ ...claims, exp: 1 }),
    signJwt(claims, { key: 'another key, as long as it must be' }),
    signJwt({ ...claims, user_id: 999_999_999 }),
  ]
  for (const token of tokens) expect(await isActive(token)).toEqual(no)
})

test('a bad token is bad input, and a failure no answer', async () => {
  expect((await service.mutate('auth.introspect', {})).status).toBe(400)
  expect((await service.mutate('auth.introspect', { token: '' })).status).toBe(400)
  const { access } = await logIn(service)
  await db.schema.alterTable('sessions').renameTo('sessions_away').execute()
  expect((await service.mutate('auth.introspect', { token: access })).status).toBe(500)
  await db.schema.alterTable('sessions_away').renameTo('sessions').execute()
})
