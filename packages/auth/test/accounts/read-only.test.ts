import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { addUser } from '../../src/admin/add-user.ts'
import { deleteImportedUsers } from '../../src/admin/delete-users.ts'
import { importUsers } from '../../src/admin/import-users.ts'
import { asOnlyFollower, assertMayFollow, getLeadership, setLeader } from '../../src/admin/leader.ts'
import { setActive } from '../../src/admin/set-active.ts'
import { setEmail } from '../../src/admin/set-email.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { verifyEmail } from '../../src/admin/verify-email.ts'
import type { Leader } from '../../src/db/database.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { LeaderError } from '../../src/db/leadership.ts'
import { updateProfileOfUser } from '../../src/db/profiles.ts'
import { listDefinitions } from '../../src/procedures/definitions.ts'
import { appRouter } from '../../src/procedures/router.ts'
import { mailEnv } from '../support/mailbox.ts'
import {
  addAccountWithHash,
  createService,
  djangoPbkdf2,
  logIn,
  openDatabase,
  password,
  waitForLockWaits,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)
const account = await logIn(service)
const fromDjango = await addAccountWithHash(db, djangoPbkdf2(password))
await setLeader({ db }, 'django')
// A service relies for a second on the leader that it read.
const readsDjango = async () => expect((await service.mutate('auth.register', {})).status).toBe(503)
await vi.waitFor(readsDjango, { timeout: 10_000 })

const others = await openDatabase()

/** A service that has not read the leader yet, with a database where the leader may change. */
async function openOther(leader: Leader) {
  const db = connect({ url: others.url, poolSize: 5 })
  onTestFinished(() => db.destroy())
  await setLeader({ db }, 'accounts')
  const service = await createService(db, mailEnv)
  const account = await logIn(service)
  const fromDjango = await addAccountWithHash(db, djangoPbkdf2(password))
  await setLeader({ db }, leader)
  return { db, service, account, fromDjango }
}

const userOf = async (id: number) =>
  db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('each procedure says whether it writes accounts', () => {
  const writes = Object.fromEntries(
    listDefinitions(appRouter).map(({ path, meta }) => [
      path.replace('auth.', ''),
      meta.writesAccount ?? false,
    ]),
  )
  expect(writes).toEqual({
    policy: false,
    register: true,
    login: false,
    refresh: false,
    verify: false,
    logout: false,
    introspect: false,
    me: false,
    updateProfile: true,
    listSessions: false,
    endOtherSessions: false,
    endAllSessions: false,
    endSession: false,
    changePassword: true,
    passwordReset: true,
    passwordResetCheck: false,
    passwordResetConfirm: true,
    emailChange: true,
    emailChangeCheck: false,
    emailChangeConfirm: true,
    emailChangeCancel: true,
    undo: true,
    language: false,
    notices: false,
    updateLanguage: true,
    updateNotices: true,
    emailVerify: true,
    emailVerifyCheck: false,
    emailVerifyReject: true,
    emailVerifyResend: true,
  })
})

const writing = listDefinitions(appRouter).filter(({ meta }) => meta.writesAccount)

test.each(writing)('while Django leads, $path is refused by every transport', async ({ path, meta }) => {
  const sent = { token: account.access }
  const text = 'Accounts cannot be changed at the moment. Try again later.'
  expect(await service.mutate(path, {}, sent)).toMatchObject({
    status: 503,
    body: { error: { message: text, data: { code: 'read_only', httpStatus: 503 } } },
  })
  const { method, path: url } = meta.rest ?? { method: '', path: '' }
  const headers = { 'Content-Type': 'application/json' }
  expect(await service.rest(method, `${url}/`, { ...sent, headers }, '{}')).toMatchObject({
    status: 503,
    body: { detail: text },
  })
})

test('while Django leads, sessions go on, and hash and login time stay', async () => {
  const before = await userOf(fromDjango.id)
  const { status, body } = await service.login(fromDjango.email, password)
  expect(status).toBe(200)
  const refreshed = await service.refresh(body.refresh)
  expect([refreshed.status, (await service.me(refreshed.body.access)).status]).toEqual([200, 200])
  expect((await service.logout(refreshed.body.refresh)).status).toBe(200)
  expect((await service.me(refreshed.body.access)).status).toBe(401)
  const { logged_in_here_at: loggedInHereAt, ...after } = await userOf(fromDjango.id)
  expect(after).toMatchObject({ password_hash: before.password_hash, last_login_at: null })
  expect(loggedInHereAt).toBeInstanceOf(Date)
})

test('all sessions of a user can be ended while Django leads', async () => {
  const { body } = await service.login(account.email, password)
  expect((await service.mutate('auth.endAllSessions', {}, { token: body.access })).status).toBe(200)
})

const operator = { client: { ip: null, userAgent: 'a test' } }

test.each([
  [
    'addUser',
    () =>
      addUser(service.auth, operator, { email: `${randomUUID()}@example.com`, password, is_active: true }),
  ],
  ['setActive', () => setActive(service.auth, operator, { userId: account.id, isActive: false })],
  ['setEmail', () => setEmail(service.auth, operator, { userId: account.id, email: 'new@example.com' })],
  ['setPassword', () => setPassword(service.auth, operator, { userId: account.id, password })],
  ['verifyEmail', () => verifyEmail(service.auth, operator, { userId: account.id })],
])('while Django leads, %s of an operator is refused', async (_, act) => {
  await expect(act()).rejects.toMatchObject({ code: 'read_only' })
})

test('PostgreSQL refuses what no procedure asked about', async () => {
  const other = await openOther('accounts')
  const { access } = await logIn(other.service)
  const rename = () =>
    other.service.rest(
      'PATCH',
      '/api/users/me/',
      { token: access },
      JSON.stringify({ profile: { bio: randomUUID() } }),
    )
  expect((await rename()).status).toBe(200)
  // The service relies on what it read a moment ago.
  await setLeader(other, 'django')
  expect(await rename()).toMatchObject({ status: 503, body: { detail: /cannot be changed/ } })
  expect(other.service.reports).toEqual([])
  for (const table of ['users', 'profiles'] as const)
    await expect(other.db.deleteFrom(table).execute()).rejects.toMatchObject({ code: 'DJ001' })
})

test('what comes from Django is written until this service takes over', async () => {
  const user = {
    id: 4_000_000,
    email: 'django@example.com',
    passwordHash: '!',
    isActive: true,
    roles: [],
    joinedAt: null,
    lastLoginAt: null,
    isEmailVerified: false,
    displayName: 'Ada',
    bio: '',
  }
  expect(await importUsers({ db }, operator, { users: [user] })).toMatchObject({ inserted: 1 })
  expect(await deleteImportedUsers({ db }, operator, { ids: [user.id, account.id] })).toBe(1)
  await assertMayFollow({ db })
  const other = await openOther('django')
  await setLeader(other, 'accounts')
  for (const contradiction of [
    () => importUsers(other, operator, { users: [user] }),
    () => deleteImportedUsers(other, operator, { ids: [user.id] }),
    () => assertMayFollow(other),
  ])
    await expect(contradiction()).rejects.toThrow(LeaderError)
})

test('one process at a time follows Django', async () => {
  const { db } = await openOther('django')
  const nested = () => asOnlyFollower({ db }, async () => 'both')
  expect(await asOnlyFollower({ db }, nested)).toBeUndefined()
  expect(await nested()).toBe('both')
})

test('a change of the leader waits for transactions that write', async () => {
  const other = await openOther('accounts')
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { promise: hasWritten, resolve: wrote } = Promise.withResolvers<void>()
  const order: string[] = []
  const writing = other.db.transaction().execute(async (tx) => {
    await updateProfileOfUser(tx, { userId: other.account.id, displayName: 'Ada', bio: '' })
    wrote()
    await mayEnd
    order.push('written')
  })
  await hasWritten
  const changing = setLeader(other, 'django').then(() => order.push('changed'))
  await waitForLockWaits(other.db, 1)
  end()
  await Promise.all([writing, changing])
  expect(order).toEqual(['written', 'changed'])
})

test('logins here count as logins once this service leads', async () => {
  const other = await openOther('django')
  await other.service.login(other.fromDjango.email, password)
  const read = () =>
    other.db
      .selectFrom('users')
      .select(['last_login_at', 'logged_in_here_at', 'password_hash'])
      .where('id', '=', other.fromDjango.id)
      .executeTakeFirstOrThrow()
  const { logged_in_here_at: loggedInAt } = await read()
  expect(await setLeader(other, 'accounts')).toBe(true)
  expect(await setLeader(other, 'accounts')).toBe(false)
  expect(await read()).toMatchObject({ last_login_at: loggedInAt, logged_in_here_at: null })
  await other.service.login(other.fromDjango.email, password)
  expect((await read()).password_hash).toMatch(/^\$argon2id/)
  expect(await getLeadership(other)).toMatchObject({ leader: 'accounts', isBesideDjango: true })
})

test('the leader is read at most once a second', async () => {
  const other = await openOther('accounts')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  onTestFinished(() => query.mockRestore())
  const ask = () => other.service.post('password/reset/', { email: 'nobody@example.com' })
  const since = performance.now()
  const answers = await Promise.all(Array.from({ length: 20 }, ask))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  const reads = query.mock.calls.filter(([sent]) => JSON.stringify(sent).includes('leadership'))
  expect(reads.length).toBeLessThanOrEqual(1 + (performance.now() - since) / 1000)
})
