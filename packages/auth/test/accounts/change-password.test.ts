import { newTokens } from '@pockitflyer/auth-protocol/schemas'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { joinPasswords } from '../../src/accounts/repeat-password-change.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import {
  type Answer,
  addAccount,
  addAccountWithHash,
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

const path = '/api/users/password/change/'
const next = 'seven ferries at noon'
const wrong = 'Your current password was entered incorrectly. Please enter it again.'

function change(token: string | undefined, input: unknown, by = service) {
  return by.rest('POST', path, { token }, JSON.stringify(input))
}

const both = (new_password: unknown, current_password: unknown = password) => ({
  current_password,
  new_password,
})

const canLogIn = async (email: string, password: string) =>
  (await service.login(email, password)).status === 200

/** The pair that a change answered. */
const pairOf = ({ text }: Answer) => newTokens.parse(JSON.parse(text))

const sidOf = (token: string) => String(readJwt(token).claims['sid'])

/** Whether access and refresh token are accepted. */
async function isAlive({ access, refresh }: { access: string; refresh: string }): Promise<boolean[]> {
  return [(await service.me(access)).status === 200, (await service.refresh(refresh)).status === 200]
}

test('a new password ends every session and answers a new pair', async () => {
  const here = await logIn(service)
  const there = (await service.login(here.email, password)).body
  const rotated = (await service.refresh(here.refresh)).body
  const answer = await change(rotated.access, both(next))
  expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['access', 'refresh']])
  for (const old of [here, rotated, there]) expect(await isAlive(old)).toEqual([false, false])
  const pair = pairOf(answer)
  expect(await isAlive(pair)).toEqual([true, true])
  expect(await canLogIn(here.email, password)).toBe(false)
  expect(await canLogIn(here.email, next)).toBe(true)
  const client = { ip: clientAddress, user_agent: 'a test' }
  const revoked = { kind: 'session_revoked', ...client, detail: { because: 'password_changed' } }
  const events = (await eventsOf(db, here.id)).slice(3, 7)
  expect(events.slice(0, 2).toSorted((a) => (a.session_id === sidOf(here.access) ? -1 : 1))).toEqual([
    { ...revoked, session_id: sidOf(here.access) },
    { ...revoked, session_id: sidOf(there.access) },
  ])
  expect(events.slice(2)).toEqual([
    { kind: 'password_changed', session_id: sidOf(here.access), ...client, detail: null },
    { kind: 'login', session_id: sidOf(pair.access), ...client, detail: null },
  ])
  expect(JSON.stringify(events)).not.toContain(next)
})

test('without rotation too the pair is whole', async () => {
  const constant = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
  const { access } = await logIn(constant)
  expect(await isAlive(pairOf(await change(access, both(next), constant)))).toEqual([true, true])
})

test('tRPC changes it too, and a Django token starts a session', async () => {
  const one = await logIn(service)
  const iat = Math.floor(Date.now() / 1000) - 60
  const token = signJwt({ ...djangoClaims('access', one.id), iat })
  const answer = await service.mutate('auth.changePassword', both(next), { token })
  expect(answer.status).toBe(200)
  const pair = newTokens.parse(answer.body.result.data)
  expect(await isAlive(pair)).toEqual([true, true])
  expect(await isAlive(one)).toEqual([false, false])
  expect((await service.me(token)).status).toBe(401)
  const repeated = await service.mutate('auth.changePassword', both(next), { token })
  expect(sidOf(newTokens.parse(repeated.body.result.data).refresh)).toBe(sidOf(pair.refresh))
})

test('a repeat from the ended session gets the pair again', async () => {
  const { id, access } = await logIn(service)
  const pair = pairOf(await change(access, both(next)))
  const repeated = pairOf(await change(access, both(next)))
  expect(repeated.refresh).toBe(pair.refresh)
  const trpc = await service.mutate('auth.changePassword', both(next), { token: access })
  expect(newTokens.parse(trpc.body.result.data).refresh).toBe(pair.refresh)
  expect(await isAlive(repeated)).toEqual([true, true])
  const kinds = (await eventsOf(db, id)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'password_changed')).toHaveLength(1)
})

test('the same change sent twice at once is one change', async () => {
  const { id, access } = await logIn(service)
  const answers: Promise<Answer>[] = []
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('users').select('id').where('id', '=', id).forUpdate().execute()
    answers.push(change(access, both(next)), change(access, both(next), beside))
    await waitForLockWaits(db, 2)
  })
  const [one, two] = (await Promise.all(answers)).map(pairOf)
  expect(one?.refresh).toBe(two?.refresh)
})

test('a wrong, foreign or late repeat gets nothing', async () => {
  const { id, email, access } = await logIn(service)
  const there = (await service.login(email, password)).body
  await change(access, both(next))
  const refused = [
    await change(access, both(next, 'WrongPass123!')),
    await change(access, both('eight ferries at dusk')),
    await change(access, both(password, next)),
    await change(access, both(next, next)),
    await change(there.access, both(next)),
  ]
  for (const { status, text } of refused) {
    expect([status, text]).toEqual([401, (await service.me(access)).text])
  }
  await age(db, id, '31 seconds')
  expect((await change(access, both(next))).status).toBe(401)
})

test('a repeat after another end or change gets nothing', async () => {
  const [one, two] = [await logIn(service), await logIn(service)]
  await service.logout(pairOf(await change(one.access, both(next))).refresh)
  expect((await change(one.access, both(next))).status).toBe(401)
  const pair = pairOf(await change(two.access, both(next)))
  expect((await change(pair.access, both('eight ferries at dusk', next))).status).toBe(200)
  expect((await change(two.access, both(next))).status).toBe(401)
})

test("no password is stored unless the account's hash guards it", async () => {
  const { id, access } = await logIn(service)
  await change(access, both(next))
  const stored = (await sessionsOf(db, id)).map((session) => session.password_change_hash)
  expect(stored[0]).toBe(null)
  const costs = /^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/
  const account = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(costs.exec(stored[1] ?? '')?.[0]).toBe(costs.exec(account.password_hash)?.[0])
  expect(stored[1]).toMatch(costs)
})

test("a token whose session ended takes nothing from its owner's changes", async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on', PASSWORD_CHANGES_PER_USER: '2/1h' })
  const { id, email, access, refresh } = await logIn(service)
  await service.logout(refresh)
  const old = signJwt({ ...djangoClaims('access', id), iat: 1 })
  await db.updateTable('users').set({ sessions_ended_at: sql`now()` }).where('id', '=', id).execute()
  for (const token of [access, access, access, old, old]) {
    expect((await change(token, both(next), limited)).status).toBe(401)
  }
  const { body } = await service.login(email, password)
  expect((await change(body.access, both(next), limited)).status).toBe(200)
})

test('tries to repeat are limited, by a count of their own', async () => {
  const limited = await createService(db, { RATE_LIMITS: 'on', PASSWORD_CHANGES_PER_USER: '2/1h' })
  const { access } = await logIn(service)
  const pair = pairOf(await change(access, both(next), limited))
  const tries = []
  for (let count = 0; count < 3; count += 1) {
    tries.push((await change(access, both(next, 'WrongPass123!'), limited)).status)
  }
  expect(tries).toEqual([401, 401, 429])
  expect((await change(access, both(next), limited)).status).toBe(429)
  expect((await change(pair.access, both(password, next), limited)).status).toBe(200)
})

test('a wrong current password is refused, and nothing changes', async () => {
  const { id, email, access } = await logIn(service)
  for (const current of ['WrongPass123!', ` ${password}`, next]) {
    const answer = await change(access, both(next, current))
    expect([answer.status, answer.body]).toEqual([400, { current_password: [wrong] }])
    const { body } = await service.mutate('auth.changePassword', both(next, current), { token: access })
    expect(body.error.data).toMatchObject({ code: 'invalid_input', fields: { current_password: [wrong] } })
  }
  expect(await canLogIn(email, password)).toBe(true)
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).not.toContain('password_changed')
})

test('who has no usable password cannot guess one', async () => {
  const { id } = await addAccountWithHash(db, '!unusable')
  const answer = await change(signJwt(djangoClaims('access', id)), both(next, '!unusable'))
  expect([answer.status, answer.body]).toEqual([400, { current_password: [wrong] }])
})

test.each([
  ['7 chars', ['This password is too short. It must contain at least 8 characters.']],
  ['☃☃☃☃☃☃☃', ['This password is too short. It must contain at least 8 characters.']],
  ['🎪🎪🎪🎪🎪🎪🎪', ['This password is too short. It must contain at least 8 characters.']],
  ['password123', ['This password is too common.']],
  ['PassWord123', ['This password is too common.']],
  [
    '123456',
    ['This password is too short. It must contain at least 8 characters.', 'This password is too common.'],
  ],
  [password, ['The new password must differ from the current one.']],
  ['', ['This field may not be blank.']],
  ['x'.repeat(1025), ['Ensure this field has no more than 1024 bytes.']],
  [null, ['This field may not be null.']],
  [undefined, ['This field is required.']],
])('a new password that may not be chosen is refused: %j', async (chosen, texts) => {
  const { email, access } = await logIn(service)
  const answer = await change(access, both(chosen))
  expect([answer.status, answer.body]).toEqual([400, { new_password: texts }])
  expect(await canLogIn(email, password)).toBe(true)
})

test('PASSWORD_MIN_LENGTH sets the shortest password for every account', async () => {
  const careful = await createService(db, { PASSWORD_MIN_LENGTH: '15' })
  const { access } = await logIn(service)
  const texts = ['This password is too short. It must contain at least 15 characters.']
  expect((await change(access, both('fourteen chars'), careful)).body).toEqual({ new_password: texts })
  await expect(addAccount(careful, { password: 'fourteen chars' })).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { password: texts },
  })
  expect((await change(access, both('fifteen chars !'), careful)).status).toBe(200)
})

test('without a live, active session nothing is changed', async () => {
  const [out, off] = [await logIn(service), await logIn(service)]
  await service.logout(out.refresh)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', off.id).execute()
  for (const [token, code] of [
    [undefined, 'not_authenticated'],
    [out.access, 'session_ended'],
    [off.access, 'user_inactive'],
    [signJwt(djangoClaims('access', 999_999_999)), 'user_not_found'],
  ] as const) {
    expect((await change(token, both(next))).status).toBe(401)
    const { status, body } = await service.mutate('auth.changePassword', both(next), { token })
    expect([status, body.error.data.code]).toEqual([401, code])
  }
  expect(await canLogIn(out.email, password)).toBe(true)
})

test("a token that names another user's session learns nothing of the password", async () => {
  const [one, other] = [await logIn(service), await logIn(service)]
  const forged = signJwt({ ...readJwt(one.access).claims, user_id: other.id })
  expect((await change(forged, both(next, 'a guess'))).status).toBe(401)
  expect((await eventsOf(db, other.id)).map(({ kind }) => kind)).toEqual(['user_added', 'login'])
})

/** Lets requests do their work up to the first lock of the user, and then go on together. */
async function race(userId: number, acts: (() => Promise<{ status: number }>)[]): Promise<number[]> {
  const answers: Promise<{ status: number }>[] = []
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
    answers.push(...acts.map((act) => act()))
    await waitForLockWaits(db, acts.length)
  })
  return (await Promise.all(answers)).map(({ status }) => status)
}

test('of two changes at once the later loses: its session has ended', async () => {
  const { id, email, access } = await logIn(service)
  const chosen = ['seven ferries at noon', 'eight ferries at dusk']
  const statuses = await race(
    id,
    chosen.map((choice, index) => () => change(access, both(choice), index === 0 ? service : beside)),
  )
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401])
  const winner = chosen[statuses.indexOf(200)] ?? ''
  const loser = chosen[statuses.indexOf(401)] ?? ''
  expect([await canLogIn(email, winner), await canLogIn(email, loser)]).toEqual([true, false])
})

test('a login racing with a change leaves no old session', async () => {
  const { id, email, access } = await logIn(service)
  let started = ''
  const changeHere = async () => {
    const answer = await change(access, both(next))
    started = sidOf(pairOf(answer).access)
    return answer
  }
  const [changed] = await race(id, [
    changeHere,
    () => service.login(email, password),
    () => service.login(email, password),
  ])
  expect(changed).toBe(200)
  const live = (await sessionsOf(db, id)).filter(({ revoked_at }) => revoked_at === null)
  expect(live.map((session) => session.id)).toEqual([started])
})

test('a password is counted in characters: eight beyond U+FFFF are enough', async () => {
  const { email, access } = await logIn(service)
  expect((await change(access, both('🎪🎪🎪🎪🎪🎪🎪🎫'))).status).toBe(200)
  expect(await canLogIn(email, '🎪🎪🎪🎪🎪🎪🎪🎫')).toBe(true)
})

test('no two pairs of passwords are taken for one another', () => {
  const join = (current_password: string, new_password: string) =>
    joinPasswords({ current_password, new_password })
  expect(join('seven', 'ferries')).not.toBe(join('sevenf', 'erries'))
  expect(join('seven', '","ferries')).not.toBe(join('seven","', 'ferries'))
})

test('a change survives that the hash is rehashed while it is checked', async () => {
  const { id, email, access } = await logIn(service)
  const { passwords } = service.auth
  const rehashed = await passwords.hash(password)
  const verify = vi.spyOn(passwords, 'verify').mockImplementationOnce(async () => {
    await db.updateTable('users').set({ password_hash: rehashed }).where('id', '=', id).execute()
    return true
  })
  expect((await change(access, both(next))).status).toBe(200)
  verify.mockRestore()
  expect(await canLogIn(email, next)).toBe(true)
})
