import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { login } from '../../src/sessions/login.ts'
import {
  addAccount,
  age,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'
import { djangoClaims, epochSeconds, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })

test.each([
  ['refresh', (token: string) => service.refresh(token)],
  ['logout', (token: string) => service.logout(token)],
])('an adoption at %s waits for a password change and fails', async (_, present) => {
  const { id } = await addAccount(service)
  const token = signJwt({ ...djangoClaims('refresh', id), iat: epochSeconds() - 60 })
  const answer = await db.transaction().execute(async (tx) => {
    await sql`update users set password_hash = 'other', sessions_ended_at = now() where id = ${id}`.execute(
      tx,
    )
    const presented = present(token)
    await waitForLockWaits(db, 1)
    return { presented }
  })
  expect((await answer.presented).status).toBe(401)
  expect(await sessionsOf(db, id)).toEqual([])
})

test('without rotation an older token is reuse, ending strict sessions', async () => {
  const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false', BLACKLIST_AFTER_ROTATION: 'true' })
  const { id, refresh } = await logIn(strict)
  const second = (await strict.refresh(refresh)).body
  await strict.me(second.access)
  await age(db, id, '31 seconds')
  expect((await still.refresh(refresh)).status).toBe(401)
  expect((await sessionOf(db, id)).revoked_because).toBe('reuse')
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toContain('refresh_reused')
})

test('a refresh waits for no other session that is locked', async () => {
  const [one, other] = [await logIn(service), await logIn(service)]
  const { refreshed } = await db.transaction().execute(async (tx) => {
    await sql`select from sessions where user_id = ${one.id} for update`.execute(tx)
    const refreshed = service.refresh(one.refresh)
    const answers: number[] = []
    void service.refresh(other.refresh).then(({ status }) => answers.push(status))
    await expect.poll(() => answers, { timeout: 20_000 }).toEqual([200])
    return { refreshed }
  })
  expect((await refreshed).status).toBe(200)
})

test('a refresh that the end of its session overtakes is refused', async () => {
  const { id, refresh } = await logIn(service)
  const { refreshed } = await db.transaction().execute(async (tx) => {
    await sql`update sessions set revoked_at = now(), revoked_because = 'user' where user_id = ${id}`.execute(
      tx,
    )
    const refreshed = service.refresh(refresh)
    await waitForLockWaits(db, 1)
    return { refreshed }
  })
  expect((await refreshed).status).toBe(401)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 0, revoked_because: 'user' })
})

test('of sessions that are refreshed at once each shows its own client', async () => {
  const users = await Promise.all(Array.from({ length: 5 }, () => logIn(service)))
  const clients = users.map((_, index) => ({ ip: `203.0.113.${index + 1}`, user_agent: `device ${index}` }))
  await Promise.all(
    users.map(({ refresh }, index) =>
      service.post(
        'token/refresh/',
        { refresh },
        {
          headers: { 'X-Test-Address': `203.0.113.${index + 1}`, 'User-Agent': `device ${index}` },
        },
      ),
    ),
  )
  expect(await Promise.all(users.map(({ id }) => sessionOf(db, id)))).toMatchObject(clients)
})

test('a retry moves no time of its session but the last use', async () => {
  const { id, refresh } = await logIn(strict)
  await strict.refresh(refresh)
  await age(db, id, '10 seconds')
  const { last_used_at: usedBefore, ...before } = await sessionOf(db, id)
  expect((await strict.refresh(refresh)).status).toBe(200)
  const { last_used_at: usedAfter, ...after } = await sessionOf(db, id)
  expect(after).toEqual(before)
  expect(usedAfter.getTime()).toBeGreaterThan(usedBefore.getTime())
})

test('a login whose password changes meanwhile starts no session', async () => {
  const { id, email } = await addAccount(service)
  const { passwords } = service.auth
  const other = await passwords.hash('AnotherPass456!')
  const verify: typeof passwords.verify = async (hash, given) => {
    const isRight = await passwords.verify(hash, given)
    await sql`update users set password_hash = ${other} where id = ${id}`.execute(db)
    return isRight
  }
  const overtaken = { ...service.auth, passwords: { ...passwords, verify } }
  const caller = { client: { ip: null, userAgent: null } }
  await expect(login(overtaken, caller, { email, password })).rejects.toMatchObject({
    code: 'invalid_credentials',
  })
  expect(await sessionsOf(db, id)).toEqual([])
})
