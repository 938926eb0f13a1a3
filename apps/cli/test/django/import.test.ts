import { pbkdf2Sync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, secretKey, type Service } from '../support/service.ts'

const password = 'seven ferries at noon'
const hash = `pbkdf2_sha256$1000$salt$${pbkdf2Sync(password, 'salt', 1000, 32, 'sha256').toString('base64')}`

/** A refresh token as SimpleJWT signs it. */
async function djangoToken(jti: string, userId: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ token_type: 'refresh', exp: now + 86_400, iat: now, jti, user_id: userId })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secretKey))
}

const [deadJti, liveJti] = ['d'.repeat(32), 'a'.repeat(32)]
let django: DjangoDatabase
let service: Service
beforeAll(async () => {
  django = await createDjango('service-5.2')
  service = await createService()
  const dead = await djangoToken(deadJti, 2)
  await django.run(`
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined) values
      (1, '${hash}', false, 'Ada@Example.com', true, false, now()),
      (2, '${hash}', false, 'ada@example.com', true, true, now()),
      (3, '!', false, 'no email', false, false, now()),
      (4, 'sha1$salt$hash', false, 'ida@example.com', true, false, now()),
      (5, 'pbkdf2_sha256$1000000000$salt$hash', false, 'eve@example.com', true, false, now());
    insert into token_blacklist_outstandingtoken (id, token, created_at, expires_at, user_id, jti)
      values (1, '${dead}', now(), now() + interval '1 day', null, '${deadJti}');
    insert into token_blacklist_blacklistedtoken (blacklisted_at, token_id) values (now(), 1)`)
})
afterAll(async () => {
  await django.close()
  await service.close()
})

const run = (...args: string[]) => service.run(['django', ...args, '--source', django.url])

test('a dry run prints the report and imports nobody', async () => {
  const { code, stdout, stderr } = await run('import', '--dry-run')
  expect([code, stderr]).toEqual([0, ''])
  for (const line of [
    'Users: 5, the highest id is 5',
    '  inactive: 1',
    'Blacklisted tokens that stay dead: 1; without a known user: 0',
    '  ada@example.com  1   Ada@Example.com  the exact spelling',
    '  ada@example.com  2   ada@example.com  owner: every other spelling',
    '  3   no email',
  ])
    expect(stdout.split('\n')).toContain(line)
  expect(await service.db.selectFrom('users').select('id').execute()).toEqual([])
})

test('--json has the whole report, with the hashes by family', async () => {
  const { stdout } = await run('import', '--dry-run', '--json')
  const printed: unknown = JSON.parse(stdout)
  expect(printed).toMatchObject({ report: { users: 5, inactive: 1, staff: 1, problems: [] }, result: null })
  expect(printed).toHaveProperty(
    'report.hashes',
    expect.arrayContaining([
      { family: 'pbkdf2_sha256', state: 'readable', accounts: 2 },
      { family: 'sha1', state: 'unreadable', accounts: 1 },
      { family: 'unusable', state: 'unusable', accounts: 1 },
    ]),
  )
})

test('imported users log in, each with the own spelling', async () => {
  const { code, stdout } = await run('import')
  expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([
    0,
    'Imported 5 users, updated 0, left 0 as they were. 1 blacklisted tokens are dead here now.',
  ])
  for (const [email, id] of [
    ['Ada@Example.com', 1],
    ['ada@example.com', 2],
    ['ADA@example.com', 2],
  ] as const) {
    expect(await service.caller.login({ email, password })).toMatchObject({ user: { id } })
  }
})

test('a token that Django blacklisted stays dead, and others live', async () => {
  await expect(service.caller.refresh({ refresh: await djangoToken(deadJti, 2) })).rejects.toThrow(
    'Token is blacklisted',
  )
  const { refresh } = await service.caller.refresh({ refresh: await djangoToken(liveJti, 2) })
  expect(refresh).toEqual(expect.any(String))
})

test('status lists what differs, and never a hash', async () => {
  await django.run(`update users_customuser set email = 'ida@example.org' where id = 4`)
  const { code, stdout } = await run('status', '--json')
  expect(code).toBe(1)
  const printed: unknown = JSON.parse(stdout)
  expect(printed).toMatchObject({ leader: 'accounts', users: { there: 5, here: 5 } })
  const difference = {
    kind: 'field',
    id: 4,
    field: 'email',
    there: 'ida@example.org',
    here: 'ida@example.com',
  }
  expect(printed).toHaveProperty('differences', expect.arrayContaining([difference]))
  expect(stdout).not.toContain('$')
})

test('status says who leads and how many changes wait', async () => {
  await run('follow', '--once')
  await django.run('update users_customuser set is_staff = true where id in (1, 2)')
  const { stdout } = await run('status', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ leader: 'django', waiting_changes: 2 })
})

test.each([
  [['import'], 2, 'error: Name the source: --source, or --fixture.'],
  [
    ['import', '--source', 'mysql://db/django'],
    2,
    'error: --source must begin with postgres:// or postgresql://.',
  ],
  [['import', '--source', 'postgres://127.0.0.1:1/django'], 1, 'The source cannot be reached at 127.0.0.1:1'],
  [['import', '--fixture', '/nowhere.json'], 1, 'The fixture /nowhere.json cannot be read'],
  [
    ['import', '--source', 'postgres://x/y', '--mapping', '/nowhere.json'],
    1,
    'The mapping file /nowhere.json cannot be read',
  ],
])('a wrong source %j is told', async (args, exitCode, text) => {
  const { code, stdout, stderr } = await service.run(['django', ...args])
  expect([code, stdout]).toEqual([exitCode, ''])
  expect(stderr).toContain(text)
})

test('every fault of a mapping file is told with its place', async () => {
  const file = join(tmpdir(), `mapping-${process.pid}.json`)
  await writeFile(file, JSON.stringify({ users: { mail: 'x' }, owners: { 'a@b.example': 'x' } }))
  const { code, stderr } = await run('import', '--mapping', file)
  expect(code).toBe(1)
  expect(stderr).toMatch(/ {2}users: .*mail/)
  expect(stderr).toContain('  owners.a@b.example: ')
})

test('a role without the right to read is told what to grant', async () => {
  await django.run(`create role django_reader_${process.pid} login password 'x'`)
  const url = new URL(django.url)
  ;[url.username, url.password] = [`django_reader_${process.pid}`, 'x']
  const { code, stderr } = await service.run(['django', 'import', '--source', url.href])
  await django.run(`drop role django_reader_${process.pid}`)
  expect([code, stderr]).toEqual([1, expect.stringContaining('Run there: grant select on users_customuser')])
})
