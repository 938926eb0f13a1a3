import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import {
  addAccount,
  addAccountWithHash,
  clientAddress,
  createHashingService,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)
const nobody = { client: { ip: null, userAgent: null } }

test('a login answers refresh, access and user, in this order alone', async () => {
  const { id, email } = await addAccount(service, { display_name: 'Grace Hopper', bio: 'Zoë\n"quotes" <b>' })
  const answer = await service.login(email, password)
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
  const { refresh, access } = answer.body
  expect(answer.text).toBe(
    JSON.stringify({
      refresh,
      access,
      user: { id, email, profile: { display_name: 'Grace Hopper', bio: 'Zoë\n"quotes" <b>' } },
    }),
  )
  expect(access).not.toBe(refresh)
})

test('an account without a profile is Anonymous User with empty bio', async () => {
  const { email } = await addAccount(service)
  const { body } = await service.login(email, password)
  expect(body.user.profile).toEqual({ display_name: 'Anonymous User', bio: '' })
})

test('a login is recorded on session, user and audit', async () => {
  const { id } = await logIn(service)
  const session = await sessionOf(db, id)
  expect(session).toMatchObject({
    generation: 0,
    ip: clientAddress,
    user_agent: 'a test',
    revoked_at: null,
    adopted_jti: null,
  })
  expect(await eventsOf(db, id)).toMatchObject([
    { kind: 'user_added' },
    { kind: 'login', session_id: session.id, ip: clientAddress, user_agent: 'a test' },
  ])
  const user = await db
    .selectFrom('users')
    .select('last_login_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(user.last_login_at).toEqual(session.created_at)
})

test('every failed login gives one and the same answer', async () => {
  const active = await addAccount(service)
  const inactive = await addAccount(service, { is_active: false })
  const unusable = await addAccountWithHash(db, '!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5')
  const wrongPassword = await service.login(active.email, 'WrongPass123!')
  expect(wrongPassword).toEqual({
    status: 401,
    headers: {
      allow: 'POST, OPTIONS',
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'www-authenticate': 'Bearer realm="api"',
      'x-content-type-options': 'nosniff',
    },
    text: '{"detail":"No active account found with the given credentials"}',
    body: { detail: 'No active account found with the given credentials' },
  })
  expect(await service.login('nobody@example.com', password)).toEqual(wrongPassword)
  expect(await service.login(inactive.email, password)).toEqual(wrongPassword)
  expect(await service.login(inactive.email, 'WrongPass123!')).toEqual(wrongPassword)
  expect(await service.login(unusable.email, password)).toEqual(wrongPassword)
  expect(await service.login('no email at all', password)).toEqual(wrongPassword)
  expect(await service.login('*@example.com%', password)).toEqual(wrongPassword)
})

test('each failed login costs the same: a full hasher refuses all', async () => {
  const busy = await createHashingService(db, {
    HASH_CONCURRENCY: '1',
    HASH_QUEUE: '0',
    ARGON2_TIME_COST: '40',
  })
  const active = await addAccount(service)
  const inactive = await addAccount(service, { is_active: false })
  const unusable = await addAccountWithHash(db, '!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5')
  const emails = [active.email, inactive.email, unusable.email, 'nobody@example.com']
  // On a busy machine the hash may be over before the last login comes.
  const logInWhileFull = async () => {
    const running = busy.auth.passwords.hash('takes the only place')
    const answers = await Promise.all(emails.map((email) => busy.login(email, 'WrongPass123!')))
    await running
    return answers.map(({ status }) => status)
  }
  await expect.poll(logInWhileFull, { timeout: 30_000 }).toEqual([503, 503, 503, 503])
})

test('the hash of an inactive user is compared with nothing', async () => {
  const { email } = await addAccount(service, { is_active: false })
  const verify = vi.spyOn(service.auth.passwords, 'verify')
  await service.login(email, password)
  expect(verify.mock.calls).toEqual([[undefined, password]])
  verify.mockRestore()
})

test('a failed login starts no session and is recorded', async () => {
  const { id, email } = await addAccount(service)
  await service.login(email, 'WrongPass123!')
  expect(await sessionsOf(db, id)).toEqual([])
  expect(await eventsOf(db, id)).toMatchObject([
    { kind: 'user_added' },
    { kind: 'login_failed', session_id: null, ip: clientAddress, detail: null },
  ])
})

test('an email is found in any case, and answered as typed', async () => {
  const email = 'Mixed.Case@Zoë.example'
  await addAccount(service, { email })
  for (const typed of [
    email,
    email.toLowerCase(),
    email.toUpperCase(),
    ` \t${email}\n `,
    `\ufeff${email}\u200b`,
  ]) {
    const { status, body } = await service.login(typed, password)
    expect([typed, status, body.user.email]).toEqual([typed, 200, email])
  }
})

test('a password is used exactly as given, never trimmed', async () => {
  const spaced = ' pässwörd ☃ with spaces '
  const { email } = await addAccount(service, { password: spaced })
  expect((await service.login(email, spaced)).status).toBe(200)
  for (const other of [
    spaced.trim(),
    spaced.trimEnd(),
    spaced.trimStart(),
    spaced.toUpperCase(),
    `${spaced}\n`,
  ]) {
    expect([other, (await service.login(email, other)).status]).toEqual([other, 401])
  }
})

test('a password of white space alone is not blank', async () => {
  const { email } = await addAccount(service, { password: '        ' })
  expect((await service.login(email, '        ')).status).toBe(200)
  expect((await service.login(email, '       ')).status).toBe(401)
})

test('a password logs in by its equivalents, not by look-alikes', async () => {
  const composed = 'Zo\u00eb-\u{1f511}-パスワード-كلمة'
  const { email } = await addAccount(service, { password: composed })
  expect((await service.login(email, composed)).status).toBe(200)
  expect((await service.login(email, composed.normalize('NFD'))).status).toBe(200)
  const halfWidth = composed.replace('パスワード', 'ﾊﾟｽﾜｰﾄﾞ')
  expect(halfWidth.normalize('NFKC')).toBe(composed)
  expect((await service.login(email, halfWidth)).status).toBe(401)
})

test('a password of 1,024 bytes counts to its last byte', async () => {
  const longest = '€'.repeat(341) + 'x'
  const { email } = await addAccount(service, { password: longest })
  expect((await service.login(email, longest)).status).toBe(200)
  expect((await service.login(email, `${longest.slice(0, -1)}y`)).status).toBe(401)
})

test('a password of 1,025 bytes is refused without hashing', async () => {
  const busy = await createHashingService(db, {
    HASH_CONCURRENCY: '1',
    HASH_QUEUE: '0',
    ARGON2_TIME_COST: '40',
  })
  const { email } = await addAccount(service)
  const running = busy.auth.passwords.hash('takes the only place')
  const tooLong = await busy.login(email, '€'.repeat(341) + 'xx')
  const longest = await busy.login(email, '€'.repeat(341) + 'x')
  expect([longest.status, tooLong.status]).toEqual([503, 400])
  expect(tooLong.body).toEqual({ password: ['Ensure this field has no more than 1024 bytes.'] })
  await running
})

const required = ['This field is required.']

test.each([
  [{}, { email: required, password: required }],
  [{ email: 'a@example.com' }, { password: required }],
  [{ password: 'x' }, { email: required }],
  [{ email: null, password: null }, nullFields('This field may not be null.')],
  [{ email: ' ', password: '' }, nullFields('This field may not be blank.')],
  [{ email: ['a'], password: { a: 1 } }, nullFields('Not a valid string.')],
  [{ email: 'a\0', password: 'b\0' }, nullFields('Null characters are not allowed.')],
  [
    { email: 'a\ud800', password: 'b\udc00' },
    {
      email: ['Surrogate characters are not allowed: U+D800.'],
      password: ['Surrogate characters are not allowed: U+DC00.'],
    },
  ],
])('faulty fields are named all at once: %j', async (input, fields) => {
  const rest = await service.post('login/', input)
  expect(rest).toMatchObject({ status: 400, body: fields })
  expect(Object.keys(rest.body)).toEqual(Object.keys(fields))
  const { status, body } = await service.mutate('auth.login', input)
  expect([status, body.error.data.code, body.error.data.fields]).toEqual([400, 'invalid_input', fields])
})

function nullFields(text: string) {
  return { email: [text], password: [text] }
}

test('a login that a deactivation overtakes starts no session', async () => {
  const { id, email } = await addAccount(service)
  const [answer] = await whileUserIsLocked(id, service.login.bind(service, email, password), (tx) =>
    tx.updateTable('users').set({ is_active: false }).where('id', '=', id).execute(),
  )
  expect(answer).toEqual(await service.login('nobody@example.com', password))
  expect(await sessionsOf(db, id)).toEqual([])
})

test('a login that a password change overtakes starts no session', async () => {
  const { id, email } = await addAccount(service)
  const passwordHash = await service.auth.passwords.hash('AnotherPass123!')
  const [answer] = await whileUserIsLocked(id, service.login.bind(service, email, password), (tx) =>
    tx.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', id).execute(),
  )
  expect(answer.status).toBe(401)
  expect(await sessionsOf(db, id)).toEqual([])
  expect((await service.login(email, 'AnotherPass123!')).status).toBe(200)
})

test('logins racing with deactivation or password change leave no session', async () => {
  for (const change of [
    (id: number) => setActive(service.auth, nobody, { userId: id, isActive: false }),
    (id: number) => setPassword(service.auth, nobody, { userId: id, password: 'AnotherPass123!' }),
  ]) {
    const { id, email } = await addAccount(service)
    const logins = Array.from({ length: 6 }, () => service.login(email, password))
    const [, ...answers] = await Promise.all([change(id), ...logins])
    expect(answers.filter(({ status }) => status !== 200 && status !== 401)).toEqual([])
    const live = (await sessionsOf(db, id)).filter(({ revoked_at }) => revoked_at === null)
    expect(live).toEqual([])
  }
})

test('20 logins at once start 20 sessions of their own', async () => {
  const { id, email } = await addAccount(service)
  const answers = await Promise.all(Array.from({ length: 20 }, () => service.login(email, password)))
  expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(20)
  expect(await sessionsOf(db, id)).toHaveLength(20)
})

/**
 * Starts `act` while the row of a user is locked, changes it when `act` waits for it, and commits.
 */
async function whileUserIsLocked<Result>(
  id: number,
  act: () => Promise<Result>,
  change: (tx: typeof db) => Promise<unknown>,
): Promise<[Result]> {
  const acting = await db.transaction().execute(async (tx) => {
    await sql`select from users where id = ${id} for update`.execute(tx)
    const promise = act()
    await waitForLockWaits(db, 1)
    await change(tx)
    return [promise] as const
  })
  return [await acting[0]]
}
