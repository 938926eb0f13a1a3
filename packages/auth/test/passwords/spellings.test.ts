import { expect, test } from 'vitest'
import type { Observer } from '../../src/observer.ts'
import { createPasswords } from '../../src/passwords/passwords.ts'
import { isSamePassword, spellingsOf } from '../../src/passwords/spellings.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import {
  addAccount,
  addAccountWithHash,
  createService,
  djangoPbkdf2,
  openDatabase,
  logIn,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)

/** Each with another spelling of it. */
const equivalents = [
  ['composed', 'caf\u00e9 au lait', 'cafe\u0301 au lait'],
  [
    'Hangul',
    '\ud55c\uad6d\uc5b4 \ube44\ubc00 2026',
    '\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 \u1107\u1175\u1106\u1175\u11af 2026',
  ],
  ['a compatible ideograph', 'passwort \u8c48', 'passwort \uf900'],
  ['\u00c5ngstr\u00f6m', 'ten \u00c5ngstr\u00f6m', 'ten \u212bngstro\u0308m'],
] as const

test.each(equivalents)('a password logs in in either spelling: %s', async (_, composed, other) => {
  for (const [stored, typed] of [
    [composed, other],
    [other.normalize('NFD'), composed],
  ] as const) {
    const { email } = await addAccount(service, { password: stored })
    expect((await service.login(email, typed)).status).toBe(200)
    expect((await service.login(email, stored)).status).toBe(200)
    expect((await service.login(email, `${typed}!`)).status).toBe(401)
  }
})

test('a space that does not break is a space to a login', async () => {
  const { email } = await addAccount(service, { password: 'five small words here' })
  for (const space of ['\u00a0', '\u202f', '\u3000']) {
    expect((await service.login(email, `five${space}small words here`)).status).toBe(200)
  }
})

test('a Django hash matches another spelling, rehashed from the given one', async () => {
  const { id, email } = await addAccountWithHash(db, djangoPbkdf2('caf\u00e9 au lait'))
  expect((await service.login(email, 'cafe\u0301 au lait')).status).toBe(200)
  const row = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { passwords } = service.auth
  expect(row.password_hash).toMatch(/^\$argon2id\$/)
  const spellings: string[] = []
  const { verify } = await import('@node-rs/argon2')
  for (const spelling of ['caf\u00e9 au lait', 'cafe\u0301 au lait']) {
    if (await verify(row.password_hash, spelling)) spellings.push(spelling)
  }
  expect(spellings).toEqual(['cafe\u0301 au lait'])
  expect(await passwords.verify(row.password_hash, 'caf\u00e9 au lait')).toBe(true)
})

test('the current password matches in any spelling; the new may not', async () => {
  const { access } = await logIn(service, { password: 'caf\u00e9 au lait' })
  const change = (current_password: string, new_password: string) =>
    service.post('password/change/', { current_password, new_password }, { token: access })
  expect((await change('cafe\u0301 au lait', 'cafe\u0301\u00a0au lait')).body).toEqual({
    new_password: ['The new password must differ from the current one.'],
  })
  expect((await change('cafe\u0301 au lait', 'seven ferries at noon')).status).toBe(200)
})

test('a registration of a taken email logs in by another spelling', async () => {
  const { email } = await addAccount(service, { password: 'caf\u00e9 au lait' })
  expect((await service.post('register/', { email, password: 'cafe\u0301 au lait' })).status).toBe(201)
})

test('case and width are part of a password', async () => {
  const { email } = await addAccount(service, { password: 'Seven ferries' })
  for (const other of ['seven ferries', '\uff33even ferries', 'Seven  ferries', 'Seven \ufb01rries']) {
    expect((await service.login(email, other)).status).toBe(401)
  }
})

test.each([
  ['TestPass123!', 1],
  ['a\u00a0b', 2],
  ['caf\u00e9', 2],
  ['cafe\u0301', 2],
  ['caf\u00e9\u00a0', 3],
  ['\u212b', 3],
  ['caf\u00e9\u0007', 1],
  ['caf\u00e9\u0378', 1],
  ['caf\u00e9\ue000', 1],
  ['caf\u00e9\u00ad', 1],
])('%j has %d spellings', (password, count) => {
  expect([...new Set(spellingsOf(password))]).toHaveLength(count)
  expect(spellingsOf(password)[0]).toBe(password)
})

test('each spelling is a check, for unknown users too', async () => {
  let checks = 0
  const observer: Pick<Observer, 'dequeued'> = { dequeued: () => void (checks += 1) }
  const { passwords: settings } = readAuthSettings({ SECRET_KEY: 'x'.repeat(32) })
  const passwords = createPasswords(settings, observer)
  const count = async (hash: string | undefined, password: string) => {
    checks = 0
    await passwords.verify(hash, password)
    return checks
  }
  const hash = await passwords.hash('something else')
  for (const [password, expected] of [
    ['plain words', 1],
    ['caf\u00e9', 2],
    ['caf\u00e9\u00a0', 3],
  ] as const) {
    const counts = [await count(undefined, password), await count(hash, password), await count('!', password)]
    expect(counts).toEqual([expected, expected, expected])
  }
  expect(await count(await passwords.hash('caf\u00e9'), 'caf\u00e9')).toBe(1)
})

test('a check that began is not refused for its second spelling', async () => {
  const { passwords: settings } = readAuthSettings({
    SECRET_KEY: 'x'.repeat(32),
    HASH_CONCURRENCY: '1',
    HASH_QUEUE: '0',
  })
  const passwords = createPasswords(settings)
  const hash = await passwords.hash('caf\u00e9')
  expect(await passwords.verify(hash, 'cafe\u0301')).toBe(true)
})

test('spellings of one password are the same, and no others', () => {
  expect(isSamePassword('caf\u00e9 x', 'cafe\u0301\u00a0x')).toBe(true)
  expect(isSamePassword('caf\u00e9\u0007', 'cafe\u0301\u0007')).toBe(false)
  expect(isSamePassword('Caf\u00e9', 'caf\u00e9')).toBe(false)
})
