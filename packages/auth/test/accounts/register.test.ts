import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertUserEmailAndProfile } from '../../src/db/by-engine.ts'
import {
  addAccount,
  addAccountWithHash,
  clientAddress,
  createService,
  eventsOf,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
  waitForLockWaits,
} from '../support/harness.ts'
import { readJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const closed = await createService(db, { REGISTRATION: 'false' })

const path = '/api/users/register/'
const newEmail = () => `new-${randomUUID()}@example.com`
const register = (input: unknown, by = service) => by.post('register/', input)

/** The ids of the accounts that have an email, in any case. */
async function accountsOf(email: string): Promise<number[]> {
  const users = await db
    .selectFrom('users')
    .select('id')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .execute()
  return users.map(({ id }) => id)
}

const unavailable = {
  email: ['This email address cannot be registered. If it is yours, log in with its password.'],
}

test('a registration answers as a login does, with 201', async () => {
  const email = newEmail()
  const answer = await register({ email, password, display_name: 'Grace Hopper' })
  expect(answer.status).toBe(201)
  const { refresh, access, user } = answer.body
  expect(answer.text).toBe(
    JSON.stringify({
      refresh,
      access,
      user: { id: user.id, email, profile: { display_name: 'Grace Hopper', bio: '' } },
    }),
  )
  const again = await register({ email, password })
  const deviceToken = again.headers['device-token']
  expect({ ...answer.headers, 'device-token': deviceToken }).toEqual(again.headers)
  expect((await service.me(access)).body).toEqual(user)
  expect((await service.refresh(refresh)).status).toBe(200)
  expect((await service.login(email, password)).body.user).toEqual(user)
})

test('tRPC registers too, and who gives no name is Anonymous User', async () => {
  const email = newEmail()
  const { status, body } = await service.mutate('auth.register', { email, password })
  const { access, user } = body.result.data
  expect([status, user.email, user.profile]).toEqual([
    200,
    email,
    { display_name: 'Anonymous User', bio: '' },
  ])
  expect((await service.query('auth.me', { token: access })).body.result.data).toEqual(user)
})

test('an account arrives as JSON, form or multipart, its name trimmed', async () => {
  const fields = () => ({ email: newEmail(), password: ' pässwörd ☃ ', display_name: '  Zoë \u{1F511} ' })
  const multipart = new FormData()
  for (const [name, value] of Object.entries(fields())) multipart.append(name, value)
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  for (const answer of [
    await register(fields()),
    await service.rest('POST', path, { headers: form }, new URLSearchParams(fields()).toString()),
    await service.rest('POST', path, {}, multipart),
  ]) {
    const { email, profile } = answer.body.user
    expect([answer.status, profile.display_name]).toEqual([201, 'Zoë \u{1F511}'])
    expect((await service.login(email, ' pässwörd ☃ ')).status).toBe(200)
    expect((await service.login(email, 'pässwörd ☃')).status).toBe(401)
  }
})

test('names and emails of full length and any script are kept', async () => {
  const longest = `${randomUUID()}@${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}.${'w'.repeat(25)}`
  expect(longest).toHaveLength(254)
  for (const [email, name] of [
    [longest, '\u{1F469}'.repeat(100)],
    [newEmail(), 'مرحبا بالعالم'],
    [newEmail(), '\u202eabc\u202c'],
    [`Mixed.Case+${randomUUID()}@Example.COM`, "O'Neil <b>&amp;</b>"],
  ] as const) {
    const { status, body } = await register({ email: ` ${email}\n`, password, display_name: name })
    expect([status, body.user?.email, body.user?.profile.display_name]).toEqual([201, email, name])
  }
})

test('a registration is two audit rows and a session, without secrets', async () => {
  const email = newEmail()
  const secret = 'seven ferries at noon'
  const { body } = await register({ email, password: secret })
  const { id } = body.user
  const session = await sessionOf(db, id)
  const client = { ip: clientAddress, user_agent: 'a test', detail: null }
  expect(await eventsOf(db, id)).toEqual([
    { kind: 'user_added', session_id: null, ...client },
    { kind: 'login', session_id: session.id, ...client },
  ])
  expect(readJwt(body.access).claims['sid']).toBe(session.id)
  const user = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(user).toMatchObject({ email, is_active: true, last_login_at: session.created_at })
  expect(user.password_hash).toMatch(/^\$argon2id\$/)
  const rows = JSON.stringify([user, session, await eventsOf(db, id)])
  for (const leak of [secret, body.refresh, body.access]) expect(rows).not.toContain(leak)
})

test('a repeated registration gets another session of the same account', async () => {
  const email = newEmail()
  const first = await register({ email, password, display_name: 'Ada' })
  const again = await register({ email: email.toUpperCase(), password, display_name: 'Somebody else' })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body.user).toEqual(first.body.user)
  expect(again.body.refresh).not.toBe(first.body.refresh)
  for (const { access } of [first.body, again.body]) expect((await service.me(access)).status).toBe(200)
  expect(await accountsOf(email)).toEqual([first.body.user.id])
  const kinds = (await eventsOf(db, first.body.user.id)).map(({ kind }) => kind)
  expect(kinds).toEqual(['user_added', 'login', 'login'])
})

test('a taken email gets one answer, whatever bars its login', async () => {
  const active = await addAccount(service)
  const inactive = await addAccount(service, { is_active: false })
  const unusable = await addAccountWithHash(db, '!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5')
  const other = 'AnotherPass123!'
  const wrongPassword = await register({ email: active.email, password: other })
  expect(wrongPassword).toEqual({
    status: 400,
    headers: {
      allow: 'POST, OPTIONS',
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    },
    text: JSON.stringify(unavailable),
    body: unavailable,
  })
  expect(await register({ email: active.email.toUpperCase(), password: other })).toEqual(wrongPassword)
  expect(await register({ email: inactive.email, password })).toEqual(wrongPassword)
  expect(await register({ email: inactive.email, password: other })).toEqual(wrongPassword)
  expect(await register({ email: unusable.email, password })).toEqual(wrongPassword)

  const { status, body } = await service.mutate('auth.register', { email: active.email, password: other })
  expect([status, body.error.data.code, body.error.data.fields]).toEqual([
    400,
    'email_unavailable',
    unavailable,
  ])
})

test('each of these refusals costs the same and is recorded', async () => {
  const active = await addAccount(service)
  const inactive = await addAccount(service, { is_active: false })
  const unusable = await addAccountWithHash(db, '!unusable')
  for (const { id, email } of [active, inactive, unusable]) {
    await register({ email, password: 'AnotherPass123!' })
    expect(await sessionsOf(db, id)).toEqual([])
    expect((await eventsOf(db, id)).at(-1)).toMatchObject({
      kind: 'login_failed',
      ip: clientAddress,
      detail: null,
    })
  }
  const busy = await createService(db, { HASH_CONCURRENCY: '1', HASH_QUEUE: '0', ARGON2_TIME_COST: '40' })
  const running = busy.auth.passwords.hash('takes the only place')
  const emails = [active.email, inactive.email, unusable.email, newEmail()]
  const answers = await Promise.all(emails.map((email) => register({ email, password }, busy)))
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  await running
})

test('a bad password is reported before the email is looked up', async () => {
  const short = await addAccountWithHash(db, await service.auth.passwords.hash('7 chars'))
  const taken = await register({ email: short.email, password: '7 chars' })
  expect(await register({ email: newEmail(), password: '7 chars' })).toEqual(taken)
  expect(taken).toMatchObject({
    status: 400,
    body: { password: ['This password is too short. It must contain at least 8 characters.'] },
  })
  expect((await service.login(short.email, '7 chars')).status).toBe(200)
})

const required = ['This field is required.']
const valid = { email: 'ada@example.com', password }

test.each([
  [{}, { email: required, password: required }],
  [
    { email: null, password: null, display_name: null },
    {
      email: ['This field may not be null.'],
      password: ['This field may not be null.'],
      display_name: ['This field may not be null.'],
    },
  ],
  [{ ...valid, email: ' ' }, { email: ['This field may not be blank.'] }],
  [{ ...valid, email: 'no address' }, { email: ['Enter a valid email address.'] }],
  [
    { ...valid, email: `${'x'.repeat(243)}@example.com` },
    { email: ['Ensure this field has no more than 254 characters.'] },
  ],
  [{ ...valid, password: '' }, { password: ['This field may not be blank.'] }],
  [
    { ...valid, password: 'x'.repeat(1025) },
    { password: ['Ensure this field has no more than 1024 bytes.'] },
  ],
  [{ ...valid, password: 'PassWord123' }, { password: ['This password is too common.'] }],
  [
    { ...valid, password: '123456' },
    {
      password: [
        'This password is too short. It must contain at least 8 characters.',
        'This password is too common.',
      ],
    },
  ],
  [{ ...valid, display_name: ' \t' }, { display_name: ['This field may not be blank.'] }],
  [
    { ...valid, display_name: '\u{1F469}'.repeat(101) },
    { display_name: ['Ensure this field has no more than 100 characters.'] },
  ],
  [{ ...valid, display_name: 'a\0' }, { display_name: ['Null characters are not allowed.'] }],
  [
    { ...valid, display_name: 'a\ud800' },
    { display_name: ['Surrogate characters are not allowed: U+D800.'] },
  ],
  [{ ...valid, display_name: ['Ada'] }, { display_name: ['Not a valid string.'] }],
])('what makes no account is refused by the names of its fields: %j', async (input, fields) => {
  const rest = await register(input)
  expect([rest.status, rest.body]).toEqual([400, fields])
  const { status, body } = await service.mutate('auth.register', input)
  expect([status, body.error.data.code, body.error.data.fields]).toEqual([400, 'invalid_input', fields])
  expect(await accountsOf('ada@example.com')).toEqual([])
})

test('what only operators decide is ignored', async () => {
  const { status, body } = await register({
    email: newEmail(),
    password,
    bio: 'no',
    is_active: false,
    id: 1,
    is_staff: true,
  })
  expect([status, body.user.profile.bio]).toEqual([201, ''])
  expect((await service.me(body.access)).status).toBe(200)
})

test('of concurrent registrations one makes the account, all log in', async () => {
  const email = newEmail()
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      register({ email: at % 2 === 0 ? email : email.toUpperCase(), password }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201])
  expect(await accountsOf(email)).toEqual([answers[0]?.body.user.id])
  expect(new Set(answers.map(({ body }) => body.user.email)).size).toBe(1)
  expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(6)
})

/**
 * A registration under way, as of another server: the account is inserted, and other transactions
 * do not see it yet.
 */
async function beginRegistration(email: string) {
  const tx = await db.startTransaction().execute()
  await insertUserEmailAndProfile(
    tx,
    {
      email,
      passwordHash: await service.auth.passwords.hash('AnotherPass123!'),
      isActive: true,
      displayName: undefined,
      bio: undefined,
    },
    100_000,
  )
  return tx
}

test('of two registrations with different passwords the later is refused', async () => {
  const email = newEmail()
  const other = await beginRegistration(email)
  const answering = register({ email, password })
  await waitForLockWaits(db, 1)
  await other.commit().execute()
  expect(await answering).toMatchObject({ status: 400, body: unavailable })
  expect(await accountsOf(email)).toHaveLength(1)
})

test('a registration that waited for a failed one makes the account', async () => {
  const email = newEmail()
  const other = await beginRegistration(email)
  const answering = register({ email, password })
  await waitForLockWaits(db, 1)
  await other.rollback().execute()
  expect((await answering).status).toBe(201)
  expect(await accountsOf(email)).toHaveLength(1)
})

test('nothing of an account stays when its session cannot be started', async () => {
  const email = newEmail()
  const broken = await createService(db)
  broken.auth.settings.sessionMaxLifetimeSeconds = Number.MAX_VALUE
  expect((await register({ email, password }, broken)).status).toBe(500)
  expect(await accountsOf(email)).toEqual([])
})

test('closed registration adds no user and reveals no account', async () => {
  const { id, email } = await addAccount(service)
  const fresh = newEmail()
  const refused = await register({ email: fresh, password }, closed)
  expect(refused).toMatchObject({ status: 403, body: { detail: 'Registration is closed.' } })
  expect(await register({ email, password }, closed)).toEqual(refused)
  expect(await accountsOf(fresh)).toEqual([])
  expect((await eventsOf(db, id)).map(({ kind }) => kind)).toEqual(['user_added'])
  const { body } = await closed.mutate('auth.register', { email: fresh, password })
  expect(body.error.data).toMatchObject({ code: 'registration_closed', httpStatus: 403 })
  expect((await closed.login(email, password)).status).toBe(200)
})

test('OPTIONS describes the fields, and bad bodies are refused', async () => {
  expect((await service.rest('OPTIONS', path)).body).toMatchObject({
    name: 'Register',
    actions: {
      POST: {
        email: { required: true },
        password: { required: true },
        display_name: { required: false, label: 'Display name' },
      },
    },
  })
  const wrong = await service.rest('GET', path)
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'POST, OPTIONS'])
  const text = { headers: { 'Content-Type': 'text/plain' } }
  expect((await service.rest('POST', path, text, 'email')).status).toBe(415)
  expect((await service.rest('POST', path, { headers: { Accept: 'text/html' } }, '{}')).status).toBe(406)
  expect((await service.rest('POST', path, {}, '{"email":')).status).toBe(400)
})

test('where registration is closed no password is judged', async () => {
  const closed = await createService(db, { REGISTRATION: 'false' })
  expect((await closed.post('register/', { email: 'new@example.com', password: 'password' })).status).toBe(
    403,
  )
})
