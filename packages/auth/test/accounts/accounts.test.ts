import { randomUUID } from 'node:crypto'

import { beforeAll, expect, test } from 'vitest'
import { addUser } from '../../src/admin/add-user.ts'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { findUserForOperator, listUsersForOperator } from '../../src/db/user-lists.ts'
import { newAccount } from '../../src/admin/new-account.ts'
import {
  addAccount,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionsOf,
  logIn,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)
const { auth } = service
const operator = { client: { ip: '192.0.2.1', userAgent: 'an operator' } }

beforeAll(() => addAccount(service))

test('an account is added with its profile and its event', async () => {
  const email = `Ada-${randomUUID()}@Example.com`
  const account = { email, password, display_name: 'Ada', bio: 'Countess', is_active: true }
  const { id } = await addUser(auth, operator, account)
  expect(await findUserForOperator(db, email.toLowerCase())).toMatchObject({
    id,
    email,
    displayName: 'Ada',
    bio: 'Countess',
    isActive: true,
    lastLoginAt: null,
  })
  expect(await eventsOf(db, id)).toEqual([
    { kind: 'user_added', session_id: null, ip: '192.0.2.1', user_agent: 'an operator', detail: null },
  ])
})

test('a taken email, in any case, is refused and leaves nothing', async () => {
  const { email } = await addAccount(service)
  const before = await listUsersForOperator(db, { afterId: 0, limit: 1000 })
  for (const taken of [email, email.toUpperCase()]) {
    await expect(addAccount(service, { email: taken })).rejects.toMatchObject({
      code: 'invalid_input',
      status: 400,
      fields: { email: ['A user with that email already exists.'] },
    })
  }
  expect(await listUsersForOperator(db, { afterId: 0, limit: 1000 })).toEqual(before)
})

test('of 8 registrations of one address at once one wins', async () => {
  const email = `race-${randomUUID()}@example.com`
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, at) =>
      addAccount(service, { email: at % 2 === 0 ? email : email.toUpperCase() }),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const loser of results.filter(({ status }) => status === 'rejected')) {
    expect(loser).toMatchObject({ reason: { code: 'invalid_input' } })
  }
})

test('a deactivation ends every session, and an activation revives none', async () => {
  const { id, email, access, refresh } = await logIn(service)
  await service.login(email, password)
  expect(await setActive(auth, operator, { userId: id, isActive: false })).toBe(true)
  expect((await service.me(access)).status).toBe(401)
  expect((await service.refresh(refresh)).status).toBe(401)
  expect((await service.login(email, password)).status).toBe(401)
  expect((await sessionsOf(db, id)).map(({ revoked_because }) => revoked_because)).toEqual([
    'deactivated',
    'deactivated',
  ])

  expect(await setActive(auth, operator, { userId: id, isActive: true })).toBe(true)
  expect((await service.me(access)).status).toBe(401)
  expect((await service.refresh(refresh)).status).toBe(401)
  expect((await service.login(email, password)).status).toBe(200)
  const kinds = (await eventsOf(db, id)).map(({ kind }) => kind)
  expect(kinds).toEqual([
    'user_added',
    'login',
    'login',
    'session_revoked',
    'session_revoked',
    'user_deactivated',
    'login_failed',
    'user_activated',
    'login',
  ])
})

test('a change that changes nothing is told and not recorded', async () => {
  const { id } = await addAccount(service)
  expect(await setActive(auth, operator, { userId: id, isActive: true })).toBe(false)
  expect(await setActive(auth, operator, { userId: 999_999_999, isActive: false })).toBe(false)
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added'])
})

test('another password ends every session of the user and no other session', async () => {
  const { id, email, access, refresh } = await logIn(service)
  const bystander = await logIn(service)
  await setPassword(auth, operator, { userId: id, password: ' Another pass ☃ ' })
  expect((await service.me(access)).status).toBe(401)
  expect((await service.refresh(refresh)).status).toBe(401)
  expect((await service.login(email, password)).status).toBe(401)
  expect((await service.login(email, ' Another pass ☃ ')).status).toBe(200)
  expect((await service.me(bystander.access)).status).toBe(200)
  expect((await sessionsOf(db, id)).map(({ revoked_because }) => revoked_because)).toEqual([
    'password_changed',
    null,
  ])
  const [ended, changed] = (await eventsOf(db, id)).slice(-4, -1)
  expect(ended).toMatchObject({ kind: 'session_revoked', detail: { because: 'password_changed' } })
  expect(changed).toMatchObject({ kind: 'password_changed' })
})

test('users are listed page by page in the order of their ids', async () => {
  const [one, two, three] = [await addAccount(service), await addAccount(service), await addAccount(service)]
  const page = await listUsersForOperator(db, { afterId: one.id, limit: 2 })
  expect(page.map(({ email }) => email)).toEqual([two.email, three.email])
  expect(await findUserForOperator(db, 'nobody@example.com')).toBe(undefined)
})

test('a short or common password is refused for every account', async () => {
  const { id, email } = await addAccount(service)
  for (const [chosen, text] of [
    ['7 chars', 'This password is too short. It must contain at least 8 characters.'],
    ['Iloveyou1', 'This password is too common.'],
  ] as const) {
    const refusal = { code: 'invalid_input', fields: { password: [text] } }
    await expect(addAccount(service, { password: chosen })).rejects.toMatchObject(refusal)
    await expect(setPassword(auth, operator, { userId: id, password: chosen })).rejects.toMatchObject(refusal)
  }
  expect((await service.login(email, password)).status).toBe(200)
})

const account = { email: 'ada@example.com', password }

test('an added account is active by default, its email trimmed', () => {
  expect(newAccount.parse({ email: ' Ada@Example.com ', password: ' 8 chars ' })).toEqual({
    email: 'Ada@Example.com',
    password: ' 8 chars ',
    is_active: true,
  })
})

test.each([
  [{ email: 'no address' }, 'Enter a valid email address.'],
  [{ email: `${'a'.repeat(250)}@example.com` }, 'Ensure this field has no more than 254 characters.'],
  [{ password: 'x'.repeat(1025) }, 'Ensure this field has no more than 1024 bytes.'],
  [{ display_name: ' ' }, 'This field may not be blank.'],
  [{ display_name: 'x'.repeat(101) }, 'Ensure this field has no more than 100 characters.'],
  [{ bio: 'x'.repeat(2001) }, 'Ensure this field has no more than 2000 characters.'],
])('an account that cannot be is refused: %j', (fault, text) => {
  const { error } = newAccount.safeParse({ ...account, ...fault })
  expect(error?.issues.map(({ message }) => message)).toContain(text)
})
