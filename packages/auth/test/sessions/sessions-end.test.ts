import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { revokeSessionsAndInsertEvents } from '../../src/db/by-engine.ts'
import {
  addAccount,
  age,
  clientAddress,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionsOf,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db, url } = await openDatabase()
const service = await createService(db)

/** Another process: in one the transactions of a user run one after the other. */
const otherPool = connect({ url })
afterAll(() => otherPool.destroy())
const beside = await createService(otherPool)

const sidOf = (token: string) => String(readJwt(token).claims['sid'])
const end = (id: string, token?: string) => service.rest('DELETE', `/api/users/sessions/${id}/`, { token })
const endOthers = (token?: string, by = service) =>
  by.rest('POST', '/api/users/sessions/end-others/', { token })
const endAll = (token?: string) => service.rest('POST', '/api/users/sessions/end-all/', { token })

async function logInTwice() {
  const here = await logIn(service)
  const there = (await service.login(here.email, password)).body
  return { here, there }
}

async function isAlive({ access, refresh }: { access: string; refresh: string }): Promise<boolean[]> {
  return [(await service.me(access)).status === 200, (await service.refresh(refresh)).status === 200]
}

const revokedOf = async (userId: number) =>
  (await eventsOf(db, userId)).filter(({ kind }) => kind === 'session_revoked')

test('a user ends another device at once, recorded without a token', async () => {
  const { here, there } = await logInTwice()
  const answer = await end(sidOf(there.access), here.access)
  expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([204, '', undefined])
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', allow: 'DELETE, OPTIONS' })
  expect(await isAlive(there)).toEqual([false, false])
  expect(await isAlive(here)).toEqual([true, true])
  expect(await revokedOf(here.id)).toEqual([
    {
      kind: 'session_revoked',
      session_id: sidOf(there.access),
      ip: clientAddress,
      user_agent: 'a test',
      detail: { because: 'user' },
    },
  ])
  const reasons = (await sessionsOf(db, here.id)).map((row) => row.revoked_because)
  expect(new Set(reasons)).toEqual(new Set(['user', null]))
})

test('a user may end the asking session, by any spelling', async () => {
  const { here, there } = await logInTwice()
  const id = sidOf(there.access).toUpperCase()
  expect((await service.rest('DELETE', `/api/users/sessions/${id}`, { token: there.access })).status).toBe(
    204,
  )
  const trpc = await service.mutate('auth.endSession', { id: sidOf(here.access) }, { token: here.access })
  expect([trpc.status, trpc.body.result.data]).toEqual([200, {}])
  expect(await isAlive(here)).toEqual([false, false])
  expect(await isAlive(there)).toEqual([false, false])
})

test('foreign, ended and unknown sessions are all not found', async () => {
  const [mine, theirs, over] = [await logIn(service), await logIn(service), await logInTwice()]
  await end(sidOf(over.there.access), over.here.access)
  const answers = [await end(sidOf(over.there.access), over.here.access)]
  for (const id of [
    sidOf(theirs.access),
    crypto.randomUUID(),
    'me',
    '1',
    '%00',
    "'",
    'x'.repeat(2000),
    '{id}',
  ]) {
    answers.push(await end(id, mine.access))
    const trpc = await service.mutate('auth.endSession', { id }, { token: mine.access })
    expect([trpc.status, trpc.body.error.data.code]).toEqual([404, 'not_found'])
  }
  for (const { status, body } of answers) expect([status, body]).toEqual([404, { detail: 'Not found.' }])
  expect(await isAlive(theirs)).toEqual([true, true])
  expect(await revokedOf(theirs.id)).toEqual([])
  expect(service.reports).toEqual([])
})

test('an expired session cannot be ended, alone or with others', async () => {
  const { here, there } = await logInTwice()
  await age(db, here.id, '8 days')
  const { body } = await service.login(here.email, password)
  expect((await end(sidOf(there.access), body.access)).status).toBe(404)
  expect((await endOthers(body.access)).status).toBe(200)
  expect(await revokedOf(here.id)).toEqual([])
})

test('a missing or non-text id is reported to tRPC callers', async () => {
  const { access: token } = await logIn(service)
  for (const input of [{}, { id: null }, { id: 7 }]) {
    const { status, body } = await service.mutate('auth.endSession', input, { token })
    expect([status, body.error.data.code]).toEqual([400, 'invalid_input'])
  }
})

test('a body means nothing to DELETE', async () => {
  const { here, there } = await logInTwice()
  const path = `/api/users/sessions/${sidOf(there.access)}/`
  const answer = await service.rest('DELETE', path, { token: here.access }, JSON.stringify({ id: 'other' }))
  expect(answer.status).toBe(204)
  expect(await isAlive(there)).toEqual([false, false])
})

test('end-others ends every other session once, each recorded', async () => {
  const [{ here, there }, stranger] = [await logInTwice(), await logIn(service)]
  const third = (await service.login(here.email, password)).body
  expect(await endOthers(here.access)).toMatchObject({ status: 200, text: '{}' })
  expect(await endOthers(here.access)).toMatchObject({ status: 200, text: '{}' })
  expect([await isAlive(here), await isAlive(stranger)]).toEqual([
    [true, true],
    [true, true],
  ])
  expect([await isAlive(there), await isAlive(third)]).toEqual([
    [false, false],
    [false, false],
  ])
  const events = await revokedOf(here.id)
  expect(new Set(events.map(({ session_id }) => session_id))).toEqual(
    new Set([sidOf(there.access), sidOf(third.access)]),
  )
  expect(events.map(({ detail }) => detail)).toEqual([{ because: 'user' }, { because: 'user' }])
})

test('end-all ends the session that asks as well, at either transport', async () => {
  for (const act of [endAll, (token: string) => service.mutate('auth.endAllSessions', {}, { token })]) {
    const { here, there } = await logInTwice()
    expect((await act(here.access)).status).toBe(200)
    expect([await isAlive(here), await isAlive(there)]).toEqual([
      [false, false],
      [false, false],
    ])
    const detail = { because: 'user' }
    expect(await revokedOf(here.id)).toMatchObject([{ detail }, { detail }])
  }
})

test('a Django token has no session: end-others ends all', async () => {
  const { here, there } = await logInTwice()
  expect((await endOthers(signJwt(djangoClaims('access', here.id)))).status).toBe(200)
  expect([...(await isAlive(here)), ...(await isAlive(there))]).toEqual([false, false, false, false])
})

test('without a live, active session nothing is ended', async () => {
  const [out, off, gone] = [await logIn(service), await logIn(service), await addAccount(service)]
  const left = (await service.login(out.email, password)).body
  await service.logout(out.refresh)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', off.id).execute()
  await db.deleteFrom('users').where('id', '=', gone.id).execute()
  for (const [token, code] of [
    [undefined, 'not_authenticated'],
    ['garbage', 'token_invalid'],
    [out.refresh, 'token_wrong_type'],
    [out.access, 'session_ended'],
    [off.access, 'user_inactive'],
    [signJwt(djangoClaims('access', gone.id)), 'user_not_found'],
  ] as const) {
    const answers = [await end(sidOf(left.access), token), await endOthers(token), await endAll(token)]
    for (const answer of answers) expect([code, answer.status]).toEqual([code, 401])
    for (const name of ['endSession', 'endOtherSessions', 'endAllSessions']) {
      const trpc = await service.mutate(`auth.${name}`, { id: sidOf(left.access) }, { token })
      expect([name, trpc.body.error.data.code]).toEqual([name, code])
    }
  }
  expect(await isAlive(left)).toEqual([true, true])
})

test('end-others that races with refreshes leaves no other session alive', async () => {
  const { here, there } = await logInTwice()
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => service.refresh(there.refresh)),
    endOthers(here.access),
    ...Array.from({ length: 10 }, () => service.refresh(there.refresh)),
  ])
  expect(answers.filter(({ status }) => status !== 200 && status !== 401)).toEqual([])
  const pairs = answers.map(({ body }) => body).filter((body) => 'refresh' in body)
  for (const pair of [there, ...pairs]) expect(await isAlive(pair)).toEqual([false, false])
  expect(await isAlive(here)).toEqual([true, true])
  expect(await revokedOf(here.id)).toHaveLength(1)
})

test('of two devices that end each other one stays', async () => {
  const { here, there } = await logInTwice()
  const answers: Promise<{ status: number }>[] = []
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('users').select('id').where('id', '=', here.id).forUpdate().execute()
    answers.push(endOthers(here.access), endOthers(there.access, beside))
    await waitForLockWaits(db, 2)
  })
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401])
  const live = (await sessionsOf(db, here.id)).filter(({ revoked_at }) => revoked_at === null)
  expect(live).toHaveLength(1)
  expect(service.reports).toEqual([])
})

test.each([
  ['end-others', (token: string) => endOthers(token)],
  ['end-all', (token: string) => endAll(token)],
  ['the end of one', (token: string, id: string) => end(id, token)],
])('%s that a logout overtakes ends nothing', async (_, act) => {
  const { here, there } = await logInTwice()
  const answer = await db.transaction().execute(async (tx) => {
    await sql`select from users where id = ${here.id} for update`.execute(tx)
    const asked = act(here.access, sidOf(there.access))
    await waitForLockWaits(db, 1)
    await revokeSessionsAndInsertEvents(tx, {
      because: 'logout',
      client: { ip: null, userAgent: null },
      userId: here.id,
      sessionId: sidOf(here.access),
    })
    return { asked }
  })
  expect((await answer.asked).status).toBe(401)
  expect(await isAlive(there)).toEqual([true, true])
})
