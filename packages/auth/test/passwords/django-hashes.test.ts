import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findHashState } from '../../src/admin/hash-state.ts'
import { createPasswords } from '../../src/passwords/passwords.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { lowHashes, ownHashes } from '../support/django-hashes.ts'
import { addAccountWithHash, createService, djangoPbkdf2, openDatabase } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const settings = readAuthSettings({ SECRET_KEY: secretKey }).passwords
const cheap = { memoryKib: 8, timeCost: 1 }

/** A salt and a digest that no password fits. */
const bcryptDigest = `${'a'.repeat(21)}e${'a'.repeat(31)}`

/** Passwords that have met no slow hash: nothing waits for one. */
const createFresh = () => createPasswords({ ...settings, ...cheap })

const families = ['argon2', 'bcrypt', 'bcrypt_sha256', 'md5', 'pbkdf2_sha1', 'pbkdf2_sha256', 'scrypt']

test('both versions of Django made hashes of every family', () => {
  const made = (version: string) =>
    [
      ...new Set(lowHashes.filter((hash) => hash.version.startsWith(version)).map(({ family }) => family)),
    ].toSorted()
  expect(made('5.2')).toEqual(families)
  expect(made('3.2')).toEqual(families.filter((family) => family !== 'scrypt'))
})

test.each(lowHashes)('Django $version: $family logs in, and is rehashed', async ({ password, hash }) => {
  const { id, email } = await addAccountWithHash(db, hash)
  const stored = async () =>
    (await db.selectFrom('users').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow())
      .password_hash
  expect((await service.login(email, `${password.slice(0, 20)}?`)).status).toBe(401)
  expect(await stored()).toBe(hash)
  expect((await service.login(email, password)).status).toBe(200)
  expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
  expect((await service.login(email, password)).status).toBe(200)
})

test.each(ownHashes.filter(({ version }) => version.startsWith('5.2')))(
  "Django $version: $family at Django's costs is right",
  async ({ password, hash }) => {
    expect(findHashState(hash, settings).state).toBe('readable')
    expect(await createFresh().verify(hash, password)).toBe(true)
  },
)

test('bcrypt reads the first 72 bytes, in the middle of a letter', async () => {
  // Python: bcrypt.hashpw(("a" * 71 + "é").encode()[:72], b"$2b$04$abcdefghijklmnopqrstuu")
  const hash = 'bcrypt$$2b$04$abcdefghijklmnopqrstuuoVx8RufeJl2sf6nnK3ltb8OHjZZZsny'
  for (const password of [`${'a'.repeat(71)}é`, `${'a'.repeat(71)}ê, and more`])
    expect(await createFresh().verify(hash, password)).toBe(true)
  expect(await createFresh().verify(hash, 'a'.repeat(71))).toBe(false)
})

test.each(['2a', '2b', '2y'])('bcrypt of the prefix $%s$ is one and the same', async (prefix) => {
  const { hash = '', password = '' } = lowHashes.find(({ family }) => family === 'bcrypt') ?? {}
  expect(await createFresh().verify(hash.replace('$2b$', `$${prefix}$`), password)).toBe(true)
  expect(await createFresh().verify(hash.replace('$2b$', '$2x$'), password)).toBe(false)
})

/** Hashes that no password fits, of some 50 ms. */
const slowHashes = [
  { family: 'pbkdf2_sha1', slow: `pbkdf2_sha1$100000$salt$${'A'.repeat(27)}=` },
  { family: 'bcrypt', slow: `bcrypt$$2b$10$${bcryptDigest}` },
  { family: 'bcrypt_sha256', slow: `bcrypt_sha256$$2b$10$${bcryptDigest}` },
  { family: 'scrypt', slow: `scrypt$16384$salt$8$1$${'A'.repeat(86)}==` },
]

test.each(slowHashes)('a refusal lasts as long as one of $family', async ({ slow }) => {
  const fresh = createFresh()
  await fresh.verify(undefined, 'wrong')
  const slowMs = await msOf(() => fresh.verify(slow, 'wrong'))
  for (const other of [undefined, 'md5$salt$00000000000000000000000000000000'])
    expect(await msOf(() => fresh.verify(other, 'wrong'))).toBeGreaterThan(slowMs / 2)
})

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

test.each([
  ['!', 'unusable', 'unusable'],
  ['!kDpnhs4xvWnNU9hbBjl0QYJBwEwSkrUUq8bvxyk5', 'unusable', 'unusable'],
  ['$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$ZGlnZXN0', 'argon2', 'readable'],
  ['$argon2id$broken', 'argon2', 'unreadable'],
  ['', 'other', 'unreadable'],
  ['TestPass123!', 'other', 'unreadable'],
  ['5f4dcc3b5aa765d61d8327deb882cf99', 'unsalted_md5', 'unreadable'],
  ['sha1$salt$5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8', 'sha1', 'unreadable'],
  ['constructor$salt$digest', 'other', 'unreadable'],
  ['md5$$5f4dcc3b5aa765d61d8327deb882cf99', 'unsalted_md5', 'unreadable'],
  ['md5$salt$5f4dcc3b5aa765d61d8327deb882cf99', 'md5', 'readable'],
  ['pbkdf2_sha256$1800000$salt$AAAA', 'pbkdf2_sha256', 'unreadable'],
  [djangoPbkdf2('one').replace('$2000$', '$1800001$'), 'pbkdf2_sha256', 'too_costly'],
  [djangoPbkdf2('one').replace('$2000$', '$1800000$'), 'pbkdf2_sha256', 'readable'],
  [`bcrypt$$2b$13$${bcryptDigest}`, 'bcrypt', 'readable'],
  [`bcrypt$$2b$14$${bcryptDigest}`, 'bcrypt', 'too_costly'],
  [`bcrypt$$2b$12$${'a'.repeat(53)}`, 'bcrypt', 'unreadable'],
  [`bcrypt$$2b$12$${bcryptDigest.slice(1)}b`, 'bcrypt', 'unreadable'],
  [`bcrypt$$2b$03$${bcryptDigest}`, 'bcrypt', 'unreadable'],
  [`bcrypt_sha256$$2b$31$${bcryptDigest}`, 'bcrypt_sha256', 'too_costly'],
  [`scrypt$262144$salt$8$1$${'A'.repeat(86)}==`, 'scrypt', 'readable'],
  [`scrypt$262144$salt$8$2$${'A'.repeat(86)}==`, 'scrypt', 'too_costly'],
  [`scrypt$524288$salt$8$1$${'A'.repeat(86)}==`, 'scrypt', 'too_costly'],
  [`scrypt$2$salt$1048576$1$${'A'.repeat(86)}==`, 'scrypt', 'too_costly'],
  [`scrypt$16383$salt$8$1$${'A'.repeat(86)}==`, 'scrypt', 'unreadable'],
  [`scrypt$65536$salt$1$1$${'A'.repeat(86)}==`, 'scrypt', 'unreadable'],
  ['argon2$argon2id$v=19$m=262145,t=1,p=1$c2FsdHNhbHQ$ZGlnZXN0', 'argon2', 'too_costly'],
  ['argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$ZGlnZXN0', 'argon2', 'readable'],
  ['argon2$argon2id$v=19$m=102400,t=2$c2FsdHNhbHQ$ZGlnZXN0', 'argon2', 'unreadable'],
])('an import reports %j as %s, %s', async (hash, family, state) => {
  expect(findHashState(hash, settings)).toEqual({ family, state })
})

/** A stored hash that was cut, damaged, or given hostile parameters. */
const damaged = fc
  .tuple(
    fc.constantFrom(...lowHashes),
    fc.oneof(
      fc.nat().map((at) => (hash: string) => hash.slice(0, at % hash.length)),
      fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 3 })).map(
        ([at, text]) =>
          (hash: string) =>
            splice(hash, at, text),
      ),
      fc.tuple(fc.nat(), fc.constantFrom('$', '9', '99999999', '=', ',', '-1', '1e9', '\n', '\0')).map(
        ([at, text]) =>
          (hash: string) =>
            splice(hash, at, text),
      ),
      fc.nat().map((field) => (hash: string) => {
        const fields = hash.split('$')
        return fields.toSpliced(field % fields.length, 1).join('$')
      }),
    ),
  )
  .map(([{ hash, password }, damage]) => ({ hash: damage(hash), password }))

function splice(hash: string, at: number, text: string): string {
  return hash.slice(0, at % hash.length) + text + hash.slice((at % hash.length) + (at % 2))
}

test('a damaged hash never throws, nor costs more than the bound', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async ({ hash, password }) => {
      const since = performance.now()
      const isRight = await createFresh().verify(hash, password)
      expect(performance.now() - since).toBeLessThan(10_000)
      const { state } = findHashState(hash, settings)
      expect(isRight && state !== 'readable').toBe(false)
    }),
    { numRuns: 200 },
  )
})
