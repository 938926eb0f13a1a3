import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

/** A user whom an import brought, past every check of this service. */
async function importUser(email: string, profile: { display_name: string; bio: string }): Promise<number> {
  const { id } = await service.db
    .insertInto('users')
    .values({ email, password_hash: '!', created_at: new Date('2026-01-02T03:04:05.678Z') })
    .returning('id')
    .executeTakeFirstOrThrow()
  await service.db
    .insertInto('profiles')
    .values({ user_id: id, ...profile })
    .execute()
  return id
}

test('a user is found in any case, and shown without hash', async () => {
  const id = await importUser('Ada@example.com', { display_name: 'Ada', bio: 'First programmer' })
  const { code, stdout, stderr } = await service.run(['users', 'show', ' aDA@example.com'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.split('\n')).toEqual([
    `id          ${id}`,
    'email       Ada@example.com',
    'name        Ada',
    'active      yes',
    'created     2026-01-02T03:04:05Z',
    'last login  never',
    'bio         First programmer',
    'verified    never',
    '',
  ])
})

test('--json prints one document with ISO times in UTC', async () => {
  const profile = { display_name: 'Grace', bio: 'ships\nand "bugs"' }
  const id = await importUser('grace@example.com', profile)
  const { stdout, stderr } = await service.run(['users', 'show', 'grace@example.com', '--json'])
  const document: unknown = JSON.parse(stdout)
  expect([document, stderr]).toEqual([
    {
      id,
      email: 'grace@example.com',
      ...profile,
      is_active: true,
      created_at: '2026-01-02T03:04:05.678Z',
      last_login_at: null,
      email_verified_at: null,
    },
    '',
  ])
})

const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\u202eevil\u2066\u{e0041}'

test.each([
  [['users', 'list']],
  [['users', 'list', '--json']],
  [['users', 'show', 'evil\u001b[2j@example.com']],
  [['users', 'show', 'evil\u001b[2j@example.com', '--json']],
  [['users', 'enable', 'evil\u001b[2j@example.com']],
  [['users', 'show', 'nobody\u001b[2j@example.com']],
  [['users', '--\u001b[2j']],
])('no escape sequence of the database or the arguments reaches the terminal: %j', async (args) => {
  if ((await service.findUser('evil\u001b[2J@example.com')) === undefined) {
    await importUser('evil\u001b[2J@example.com', { display_name: hostile, bio: hostile })
  }
  const { stdout, stderr } = await service.run(args)
  expect(stdout + stderr).toContain('\\u001b[2')
  expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('--json still holds the exact name that was escaped for the terminal', async () => {
  await importUser('exact@example.com', { display_name: hostile, bio: hostile })
  const { stdout } = await service.run(['users', 'show', 'exact@example.com', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ display_name: hostile, bio: hostile })
})

test('an unknown or blank email is refused', async () => {
  expect(await service.run(['users', 'show', 'nobody@example.com', '--json'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: There is no user with the email nobody@example.com.\n',
  })
  expect(await service.run(['users', 'show', ' '])).toMatchObject({
    code: 1,
    stderr: 'error: This cannot be accepted:\n  email: This field may not be blank.\n',
  })
})
