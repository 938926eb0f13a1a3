import { expect, test } from 'vitest'
import { endSessionsOfUser } from '../src/accounts/end-sessions-of-user.ts'
import { setActive } from '../src/accounts/set-active.ts'
import { setPassword } from '../src/accounts/set-password.ts'
import { createService, openDatabase, password, sessionOf, signIn } from './harness.ts'
import { djangoClaims, signJwt } from './jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const operator = { ip: null, userAgent: null }
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
    setPassword(service.auth, { userId: id, password: next }, operator),
  'an operator who ends all sessions': ({ id }) => endSessionsOfUser(service.auth, { userId: id }, operator),
  'a deactivation, also once it is taken back': async ({ id }) => {
    await setActive(service.auth, { userId: id, isActive: false }, operator)
    await setActive(service.auth, { userId: id, isActive: true }, operator)
  },
}

test.each(Object.entries(endings))('%s ends what the Django service minted before', async (_, end) => {
  const user = await signIn(service)
  const minted = { iat: Math.floor(Date.now() / 1000) - 60 }
  const access = signJwt({ ...djangoClaims('access', user.id), ...minted })
  const refresh = signJwt({ ...djangoClaims('refresh', user.id), ...minted })
  expect((await service.me(access)).status).toBe(200)
  await end(user)
  expect((await service.me(access)).status).toBe(401)
  expect((await service.refresh(refresh)).status).toBe(401)
})

test('the end of one session ends no token of the Django service', async () => {
  const user = await signIn(service)
  const access = signJwt({ ...djangoClaims('access', user.id), iat: Math.floor(Date.now() / 1000) - 60 })
  await service.logout(user.refresh)
  expect((await service.me(access)).status).toBe(200)
})

test('an operator who ends one session ends no token of the Django service', async () => {
  const user = await signIn(service)
  const access = signJwt({ ...djangoClaims('access', user.id), iat: Math.floor(Date.now() / 1000) - 60 })
  const { id: sessionId } = await sessionOf(db, user.id)
  expect(await endSessionsOfUser(service.auth, { userId: user.id, sessionId }, operator)).toBe(1)
  expect((await service.me(access)).status).toBe(200)
})

test('a token of the Django service without iat is from before any end', async () => {
  const user = await signIn(service)
  const minted = (type: 'access' | 'refresh') => {
    const { iat: _, ...claims } = djangoClaims(type, user.id)
    return signJwt(claims)
  }
  expect((await service.me(minted('access'))).status).toBe(200)
  await endSessionsOfUser(service.auth, { userId: user.id }, operator)
  expect((await service.me(minted('access'))).status).toBe(401)
  expect((await service.refresh(minted('refresh'))).status).toBe(401)
})
