import { expect, test } from 'vitest'
import {
  addAccount,
  addAccountWithHash,
  clientAddress,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionsOf,
  signIn,
  waitForLockWaits,
} from './harness.ts'
import { djangoClaims, readJwt, signJwt } from './jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

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

test('a new password replaces the old one, ends every other session and keeps the one that asks', async () => {
  const here = await signIn(service)
  const there = (await service.login(here.email, password)).body
  expect(await change(here.access, both(next))).toMatchObject({ status: 200, text: '{}' })
  expect((await service.me(here.access)).status).toBe(200)
  expect((await service.refresh(here.refresh)).status).toBe(200)
  expect((await service.me(there.access)).status).toBe(401)
  expect((await service.refresh(there.refresh)).status).toBe(401)
  expect([await canLogIn(here.email, password), await canLogIn(here.email, next)]).toEqual([false, true])
  const client = { ip: clientAddress, user_agent: 'a test' }
  const events = (await eventsOf(db, here.id)).filter(({ kind }) =>
    ['session_revoked', 'password_changed'].includes(kind),
  )
  expect(events).toEqual([
    {
      kind: 'session_revoked',
      session_id: readJwt(there.access).claims['sid'],
      ...client,
      detail: { because: 'password_changed' },
    },
    { kind: 'password_changed', session_id: readJwt(here.access).claims['sid'], ...client, detail: null },
  ])
  expect(JSON.stringify(events)).not.toContain(next)
})

test('tRPC changes it too, and a token of the Django service ends every session', async () => {
  const one = await signIn(service)
  const token = signJwt(djangoClaims('access', one.id))
  const answer = await service.mutate('auth.changePassword', both(next), { token })
  expect([answer.status, answer.body.result.data]).toEqual([200, {}])
  expect((await service.me(one.access)).status).toBe(401)
})

test('a wrong current password is refused, and nothing changes', async () => {
  const { id, email, access } = await signIn(service)
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
  const { email, access } = await signIn(service)
  const answer = await change(access, both(chosen))
  expect([answer.status, answer.body]).toEqual([400, { new_password: texts }])
  expect(await canLogIn(email, password)).toBe(true)
})

test('PASSWORD_MIN_LENGTH says how short a password may be, for everybody who chooses one', async () => {
  const careful = await createService(db, { PASSWORD_MIN_LENGTH: '15' })
  const { access } = await signIn(service)
  const texts = ['This password is too short. It must contain at least 15 characters.']
  expect((await change(access, both('fourteen chars'), careful)).body).toEqual({ new_password: texts })
  await expect(addAccount(careful, { password: 'fourteen chars' })).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { password: texts },
  })
  expect((await change(access, both('fifteen chars !'), careful)).status).toBe(200)
})

test('who is not signed in, was logged out or is inactive changes nothing', async () => {
  const [out, off] = [await signIn(service), await signIn(service)]
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

test('of two changes at once the later loses: its current password is no longer right', async () => {
  const { id, email, access } = await signIn(service)
  const chosen = ['seven ferries at noon', 'eight ferries at dusk']
  const statuses = await race(
    id,
    chosen.map((choice) => () => change(access, both(choice))),
  )
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 400])
  const winner = chosen[statuses.indexOf(200)] ?? ''
  const loser = chosen[statuses.indexOf(400)] ?? ''
  expect([await canLogIn(email, winner), await canLogIn(email, loser)]).toEqual([true, false])
})

test('a login that races with a change leaves no session of the old password', async () => {
  const { id, email, access } = await signIn(service)
  const [changed] = await race(id, [
    () => change(access, both(next)),
    () => service.login(email, password),
    () => service.login(email, password),
  ])
  expect(changed).toBe(200)
  const live = (await sessionsOf(db, id)).filter(({ revoked_at }) => revoked_at === null)
  expect(live.map((session) => session.id)).toEqual([readJwt(access).claims['sid']])
})
