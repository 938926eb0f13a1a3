import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

let service: Service
let django: DjangoDatabase
beforeAll(async () => {
  service = await createService()
  django = await createDjango('service-5.2')
  await django.run(`
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined) values
      (1, '!', false, 'ada@example.com', true, false, now()), (2, '!', false, 'ida@example.com', true, false, now())`)
  await run('follow', '--once')
  await run('switch')
})
afterAll(async () => {
  await django.close()
  await service.close()
})

const run = (...args: string[]) => service.run(['django', ...args, '--source', django.url])

test('export brings Django what changed here', async () => {
  expect(await run('export', '--json')).toMatchObject({
    code: 0,
    stdout: '{"exported":0}\n{"problems":[]}\n',
  })
  await service.run(['users', 'set-email', 'ada@example.com', 'new@example.com'])
  expect(await run('export')).toMatchObject({ code: 0, stderr: '' })
  expect(await django.run('select email from users_customuser where id = 1')).toMatchObject({
    rows: [{ email: 'new@example.com' }],
  })
})

test('export tells which user Django cannot have', async () => {
  const display_name = 'x'.repeat(101)
  await service.db.updateTable('profiles').set({ display_name }).where('user_id', '=', 2).execute()
  const { code, stdout } = await run('export')
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('User 2: value too long for type character varying(100)'),
  ])
})

test('status tells how far the export is behind, and what it left', async () => {
  await service.run(['users', 'set-email', 'new@example.com', 'newer@example.com'])
  const { stdout } = await run('status', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    leader: 'accounts',
    export: { waiting_changes: 1 },
    not_exported: [{ user_id: 2, problem: 'value too long for type character varying(100)' }],
    users: { equal: 0, different: 2 },
  })
  const told = await run('status')
  expect(told.code).toBe(1)
  expect(told.stdout).toMatch(/Changes here that wait to be exported: 1, the oldest for \d+ s\n/)
  expect(told.stdout).toMatch(/^NOT EXPORTED +WHY\n2 +value too long/m)
  await run('export')
})

test('a switch to Django must know that Django reads argon2', async () => {
  const asked = await run('switch', '--to', 'django')
  expect(asked.code).toBe(1)
  expect(asked.stderr).toContain('Argon2PasswordHasher')
  expect(asked.stderr).toMatch(/python manage\.py shell -c '.*"argon2\$argon2id\$v=19\$.*"\)\)'/)
  await service.db.updateTable('profiles').set({ display_name: 'Ida' }).where('user_id', '=', 2).execute()
  const switched = await run('switch', '--to', 'django', '--confirm-argon2')
  expect(switched).toMatchObject({ code: 0, stderr: '' })
  expect(switched.stdout).toContain('Django leads now. 2 users are the same on both sides.')
  const late = await run('export')
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('Django leads')])
  expect(await run('follow', '--once')).toMatchObject({ code: 0 })
  expect(await run('switch')).toMatchObject({ code: 0 })
})

test('a switch to Django under a SIGNING_KEY needs a running Django', async () => {
  const made = await runCli(['keys', 'generate', '--alg', 'EdDSA', '--json'], { env: service.env })
  const SIGNING_KEY = made.stdout
  const refused = await runCli(
    ['django', 'switch', '--to', 'django', '--confirm-argon2', '--source', django.url],
    {
      env: { ...service.env, SIGNING_KEY },
    },
  )
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('SIGNING_KEY is set')])
})

test('a column that needs a value is refused with the fix', async () => {
  await django.run(`
    alter table users_customuser add column country varchar(2) not null default 'XX';
    alter table users_customuser alter column country drop default;
    alter table users_customuser add column age int not null default 0;
    alter table users_customuser alter column age drop default`)
  const { code, stderr } = await run('export')
  expect(code).toBe(1)
  expect(stderr).toContain('alter table users_customuser alter column age set default …')
  await django.run('alter table users_customuser alter column age set default 0')
  expect(await run('export')).toMatchObject({ code: 0 })
})

test('the feed here can be removed', async () => {
  const remove = () => service.run(['django', 'export', '--remove-feed'])
  expect(await remove()).toMatchObject({ code: 0, stdout: 'Removed the feed.\n' })
  expect(await remove()).toMatchObject({ code: 0, stdout: 'There was no feed.\n' })
})
