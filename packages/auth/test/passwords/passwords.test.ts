import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import type { AuthError } from '../../src/errors.ts'
import {
  addAccount,
  addAccountWithHash,
  createHashingService,
  djangoPbkdf2,
  openDatabase,
  password,
  sessionsOf,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createHashingService(db)

const currentHash = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/

async function hashOf(id: number): Promise<string> {
  const user = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return user.password_hash
}

const unicode = ' pässwörd ☃ '

/** What Django's Argon2PasswordHasher stores for that password, in each variant of argon2. */
const djangoArgon2 = {
  id: 'argon2$argon2id$v=19$m=8192,t=2,p=1$IHWudJlwHIUoXvLDZJv/Zw$nvTbGEvtEb1Rs/4RRBSS5+zBCmvCdfRwpJpiNEO0lJU',
  i: 'argon2$argon2i$v=19$m=8192,t=2,p=1$3wH4dwkWH7LOo4z9U+bYTw$uIhl9i1/EMVxU120yphV9BZxsBZcANMQpmUoCMeqdyo',
  d: 'argon2$argon2d$v=19$m=8192,t=2,p=1$FRl1twe84oielirPWhYMEw$LXx8mi8XofZoOST8q3fMA17KfOsNJn9Jbzqg+k12KV4',
}

/** `TestPass123!` under parameters that are strong enough, but of argon2i. */
const otherVariant =
  '$argon2i$v=19$m=20480,t=2,p=1$nT/Z2eNodwbdsQA5T1HT8g$GN5lla/CpVGNEc9RKImvXc1EJ8kkU38NowJROWW4PfY'

test.each([
  ['pbkdf2_sha256', djangoPbkdf2(unicode)],
  ['argon2id', djangoArgon2.id],
  ['argon2i', djangoArgon2.i],
  ['argon2d', djangoArgon2.d],
])('a %s hash of Django logs in and is rehashed to argon2id', async (_, stored) => {
  const { id, email } = await addAccountWithHash(db, stored)
  expect((await service.login(email, unicode.trim())).status).toBe(401)
  expect(await hashOf(id)).toBe(stored)
  expect((await service.login(email, unicode)).status).toBe(200)
  expect(await hashOf(id)).toMatch(currentHash)
  expect((await service.login(email, unicode)).status).toBe(200)
  expect((await service.login(email, unicode.trim())).status).toBe(401)
})

test("the hash that Django's own tests expect is understood", async () => {
  const stored = 'pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo='
  const { email } = await addAccountWithHash(db, stored)
  expect((await service.login(email, 'lètmein')).status).toBe(200)
})

test.each([
  '',
  '!',
  '!unusable',
  'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99',
  'pbkdf2_sha256$0$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'pbkdf2_sha256$many$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'pbkdf2_sha256$1000$salt$short=',
  'pbkdf2_sha256$1000$salt',
  'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv',
  '$argon2id$broken',
  'argon2$argon2id$broken',
])('an unreadable stored hash, %j, is a wrong password, no failure', async (stored) => {
  const { id, email } = await addAccountWithHash(db, stored)
  const answer = await service.login(email, password)
  expect(answer).toEqual(await service.login('nobody@example.com', password))
  expect(await sessionsOf(db, id)).toEqual([])
  expect(service.reports).toEqual([])
})

test('a weaker hash is rehashed at login, a current one stays', async () => {
  for (const stored of [
    await hash(password, { memoryCost: 19455, timeCost: 2, parallelism: 1 }),
    await hash(password, { memoryCost: 20480, timeCost: 1, parallelism: 1 }),
    otherVariant,
  ]) {
    const { id, email } = await addAccountWithHash(db, stored)
    expect((await service.login(email, password)).status).toBe(200)
    expect(await hashOf(id)).toMatch(currentHash)
  }
  const { id, email } = await addAccount(service)
  const before = await hashOf(id)
  expect(before).toMatch(currentHash)
  expect((await service.login(email, password)).status).toBe(200)
  expect(await hashOf(id)).toBe(before)
})

test('a hash stronger than the settings ask for stays', async () => {
  const stronger = await hash(password, { memoryCost: 20480, timeCost: 3, parallelism: 2 })
  const { id, email } = await addAccountWithHash(db, stronger)
  expect((await service.login(email, password)).status).toBe(200)
  expect(await hashOf(id)).toBe(stronger)
})

test.each([
  ['ARGON2_MEMORY_KIB', '20480', 'm=20480,t=2,p=1'],
  ['ARGON2_TIME_COST', '3', 'm=19456,t=3,p=1'],
  ['ARGON2_PARALLELISM', '2', 'm=19456,t=2,p=2'],
])('a raised %s rehashes the hashes of before', async (name, value, parameters) => {
  const { id, email } = await addAccount(service)
  const raised = await createHashingService(db, { [name]: value })
  expect((await raised.login(email, password)).status).toBe(200)
  expect(await hashOf(id)).toContain(`$argon2id$v=19$${parameters}$`)
})

test('two logins at once with an outdated hash both get in', async () => {
  const { id, email } = await addAccountWithHash(db, djangoPbkdf2(password))
  const answers = await Promise.all([service.login(email, password), service.login(email, password)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await hashOf(id)).toMatch(currentHash)
})

test('an account with an outdated hash that is not active keeps it', async () => {
  const stored = djangoPbkdf2(password)
  const { id, email } = await addAccountWithHash(db, stored)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', id).execute()
  expect((await service.login(email, password)).status).toBe(401)
  expect(await hashOf(id)).toBe(stored)
})

test('two hashes of one password differ', async () => {
  const [one, two] = [
    await service.auth.passwords.hash(password),
    await service.auth.passwords.hash(password),
  ]
  expect(one).not.toBe(two)
  expect([one, two].map((hash) => hash.length)).toEqual([one.length, one.length])
})

const oneAtOnce = { HASH_CONCURRENCY: '1', HASH_QUEUE: '1', ARGON2_TIME_COST: '60' }

test('beyond one running and one waiting check, the next is refused', async () => {
  const { auth } = await createHashingService(db, oneAtOnce)
  const finished: string[] = []
  const note = (name: string) => () => finished.push(name)
  const running = auth.passwords.hash(password).then(note('running'))
  const waiting = auth.passwords.verify(undefined, password).then(note('waiting'))
  const third = auth.passwords.hash(password).catch((error: AuthError) => {
    finished.push('third')
    return error
  })
  expect(await third).toMatchObject({
    name: 'AuthError',
    code: 'overloaded',
    status: 503,
    retryAfterSeconds: 1,
  })
  await Promise.all([running, waiting])
  expect(finished).toEqual(['third', 'running', 'waiting'])
  expect(await auth.passwords.verify(undefined, password)).toBe(false)
})

test('a login flood gets 503 with Retry-After while refreshes work', async () => {
  const busy = await createHashingService(db, oneAtOnce)
  const { email } = await addAccount(service)
  const { body: session } = await service.login(email, password)
  const flood = [busy.auth.passwords.hash(password), busy.auth.passwords.hash(password)]
  const rest = await busy.login(email, password)
  const trpc = await busy.mutate('auth.login', { email, password })
  const refreshed = await busy.refresh(session.refresh)
  expect(rest).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1', 'cache-control': 'no-store' },
    body: { detail: 'The service is busy. Try again in a moment.' },
  })
  expect(trpc).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
    body: { error: { message: rest.body.detail, data: { code: 'overloaded', retryAfterSeconds: 1 } } },
  })
  expect(refreshed.status).toBe(200)
  await Promise.all(flood)
  expect((await busy.login(email, password)).status).toBe(200)
})
