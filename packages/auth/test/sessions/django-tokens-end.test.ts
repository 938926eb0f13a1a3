import { expect, test } from 'vitest'
import { revokeSession, revokeSessionsOfUser } from '../../src/admin/sessions.ts'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { createService, openDatabase, password, sessionOf, logIn } from '../support/harness.ts'
import { djangoClaims, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const operator = { client: { ip: null, userAgent: null } }
const next = 'seven ferries at noon'

/** Each ends the sessions of a user; what the Django service minted a minute ago ends with them. */
const endings: Record<string, (user: { id: number; access: string }) => Promise<unknown>> = {
  'end-others': ({ access }) => service.rest('POST', '/api/users/sessions/end-others/', { token: access }),
  'end-others through tRPC': ({ access }) => service.mutate('auth.endOtherSessions', {}, { token: access }),
  'end-all': ({ access }) => service.rest('POST', '/api/users/sessions/end-all/', { token: access }),
  'end-all through tRPC': ({ access }) => service.mutate('auth.endAllSessions', {}, { token: access }),
  'a change of password': ({ access }) =>
    service.post('password/change/', { current_password: password, new_password: next }, { token: access }),
  'a password that an operator sets': ({ id }) =>
    setPassword(service.auth, operator, { userId: id, password: next }),
  'an operator who ends all sessions': ({ id }) =>
    revokeSessionsOfUser(service.auth, operator, { userId: id }),
  'a deactivation, also once it is taken back': async ({ id }) => {
    await setActive(service.auth, operator, { userId: id, isActive: false })
    await setActive(service.auth, operator, { userId: id, isActive: true })
  },
}

test.each(Object.entries(endings))('%s ends what the Django service minted before', async (_, end) => {
  const user = await logIn(service)
  const minted = { iat: Math.floor(Date.now() / 1000) - 60 }
  const access = signJwt({ ...djangoClaims('access', user.id), ...minted })
  const refresh = signJwt({ ...djangoClaims('refresh', user.id), ...minted })
  expect((await service.me(access)).status).toBe(200)
  await end(user)
  expect((await service.me(access)).status).toBe(401)
  expect((await service.refresh(refresh)).status).toBe(401)
})

test('the end of one session ends no token of the Django service', async () => {
  const user = await logIn(service)
  const access = signJwt({ ...djangoClaims('access', user.id), iat: Math.floor(Date.now() / 1000) - 60 })
  await service.logout(user.refresh)
  expect((await service.me(access)).status).toBe(200)
})

test("an operator's end of one session spares Django tokens", async () => {
  const user = await logIn(service)
  const access = signJwt({ ...djangoClaims('access', user.id), iat: Math.floor(Date.now() / 1000) - 60 })
  const { id: sessionId } = await sessionOf(db, user.id)
  expect(await revokeSession(service.auth, operator, { sessionId })).toBe(true)
  expect((await service.me(access)).status).toBe(200)
})

test('a Django token without iat predates every end', async () => {
  const user = await logIn(service)
  const minted = (type: 'access' | 'refresh') => {
    const { iat: _, ...claims } = djangoClaims(type, user.id)
    return signJwt(claims)
  }
  expect((await service.me(minted('access'))).status).toBe(200)
  await revokeSessionsOfUser(service.auth, operator, { userId: user.id })
  expect((await service.me(minted('access'))).status).toBe(401)
  expect((await service.refresh(minted('refresh'))).status).toBe(401)
})
