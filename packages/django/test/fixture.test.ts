import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@pockitflyer/auth'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapping, openFixtureSource } from '../src/index.ts'

/** Written by `manage.py dumpdata` of Django 3.2 with SimpleJWT 5.2. */
const dump = join(import.meta.dirname, 'support/dump.json')

let folder: string
let drop: () => Promise<void>
let db: ReturnType<typeof connect>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixture-'))
  const here = await createTestDatabase()
  drop = here.drop
  db = connect({ url: here.url })
})
afterAll(async () => {
  await db.destroy()
  await drop()
  await rm(folder, { recursive: true })
})

const page = { afterId: 0, limit: 10 }

async function open(file: string, names: unknown = {}) {
  return db.connection().execute(async (connection) => {
    const source = await openFixtureSource(connection, { file, mapping: mapping.parse(names) })
    return {
      users: await source.readUsers(page),
      tokens: await source.readBlacklistedTokens(page),
      notMoved: await source.listNotMoved(),
    }
  })
}

/** The dump with some texts replaced. */
async function change(...replaced: [string | RegExp, string][]): Promise<string> {
  const file = join(folder, 'dump.json')
  const text = replaced.reduce((text, [from, to]) => text.replaceAll(from, to), await readFile(dump, 'utf8'))
  await writeFile(file, text)
  return file
}

test('a dump of Django gives users with profiles, groups and times', async () => {
  const { users } = await open(dump)
  expect(users).toEqual([
    {
      id: 5,
      email: 'Ada@Example.com',
      passwordHash: 'pbkdf2_sha256$260000$salt$hash',
      isActive: true,
      roles: ['group:Léser "x"', 'group:editors', 'staff'].toSorted(),
      joinedAt: '2020-02-29T23:59:59.987000Z',
      lastLoginAt: '2026-01-02T03:04:05.678000Z',
      isEmailVerified: null,
      displayName: 'Ada \\ "L" \u2028 😀',
      bio: 'a\nb\t\\N',
    },
    {
      id: 9_000_000_000,
      email: 'ida@example.com',
      passwordHash: '!x',
      isActive: false,
      roles: ['superuser'],
      joinedAt: '2021-01-01T00:00:00.000000Z',
      lastLoginAt: null,
      isEmailVerified: null,
      displayName: 'Anonymous User',
      bio: '',
    },
  ])
})

test('a blacklisted token without a user names the one inside', async () => {
  const { tokens } = await open(dump)
  expect(tokens).toMatchObject([{ id: 1, token: { userId: 5, jti: '0b1f875aa523436dac57281287bd2e25' } }])
})

test('times without a zone are those of the mapping', async () => {
  const file = await change([/(\d\d:\d\d:\d\d(?:\.\d+)?)Z"/g, '$1"'])
  const { users } = await open(file, { time_zone: 'Asia/Kolkata' })
  expect(users[0]?.joinedAt).toBe('2020-02-29T18:29:59.987000Z')
})

test('natural keys of groups name them', async () => {
  const { users } = await open(await change([/"groups": \[[^\]]+\]/g, '"groups": [["editors"]]']))
  expect(users[0]?.roles).toEqual(['group:editors', 'staff'])
})

test.each([
  ['a natural key of a user', ['"user": 5', '"user": ["ada"]'], 'Dump again without --natural-foreign'],
  ['a missing id', ['"pk": 5,', ''], 'dump without --natural-primary'],
  ['U+0000', ['a\\nb', 'a\\u0000b'], 'has a character that PostgreSQL cannot keep'],
  ['no users', ['"last_login"', '"login"'], 'The fixture has no model with the fields'],
  ['broken JSON', ['"pk": 9000000000', '"pk" 9'], 'cannot be read'],
] as const)('a dump with %s is refused', async (_, [from, to], text) => {
  await expect(open(await change([from, to]))).rejects.toThrow(text)
})

test('models of other apps are told, with their objects', async () => {
  const file = await change([
    /^\[/g,
    '[{"model": "otp_totp.totpdevice", "pk": 1, "fields": {"user": 5, "key": "k"}},',
  ])
  const { notMoved } = await open(file)
  expect(notMoved).toEqual([{ table: 'otp_totp.totpdevice', rows: 1, content: 'second factors' }])
})
