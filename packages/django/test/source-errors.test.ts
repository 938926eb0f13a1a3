import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMove, insertUser, type Move } from './support/move.ts'

let move: Move
beforeAll(async () => {
  move = await createMove('service-5.2')
  await move.django.run(insertUser({ id: 1, email: 'ada@example.com' }))
})
afterAll(() => move.close())

test.each([
  [{ users: { table: 'nowhere' } }, 'The source has no table nowhere.'],
  [{ users: { table: 'auth_group' } }, 'The table auth_group has no column email. Its columns: id, name.'],
  [{ users: { email: 'mail' } }, 'The table users_customuser has no column mail.'],
  [{ profile: { table: 'auth_group' } }, 'No column of auth_group is unique and leads to users_customuser.'],
])('a wrong name in %j is told', async (names, text) => {
  await expect(move.dryRun(names)).rejects.toThrow(text)
})

test('two tables that can hold the users are both named', async () => {
  await move.django.run(
    'create table old_user (id bigint primary key, email text, password text, last_login timestamptz)',
  )
  await expect(move.dryRun()).rejects.toThrow(
    'Several tables of the source can hold the users: old_user, users_customuser. Name one with --users-table.',
  )
  expect(await move.dryRun({ users: { table: 'users_customuser' } })).toMatchObject({ users: 1 })
  await move.django.run('drop table old_user')
})

test('a key that is no number is refused', async () => {
  await move.django.run(
    'create table uuid_user (id uuid primary key, email text, password text, last_login timestamptz)',
  )
  await expect(move.dryRun({ users: { table: 'uuid_user' } })).rejects.toThrow('is of the type uuid')
  await move.django.run('drop table uuid_user')
})

test('an id that leaves none for new users is told', async () => {
  await move.django.run(insertUser({ id: 9_007_199_254_740_991, email: 'last@example.com' }))
  const { problems } = await move.dryRun()
  expect(problems).toEqual([expect.stringContaining('leaves new users none')])
  await move.django.run('delete from users_customuser where id > 1')
})

test('a profile whose column is not unique is refused', async () => {
  await move.django.run('create table notes (id bigint primary key, user_id bigint, bio text)')
  await expect(move.dryRun({ profile: { table: 'notes', user: 'user_id' } })).rejects.toThrow(
    'The column user_id of notes has no unique index',
  )
  await move.django.run('drop table notes')
})

test('times without a zone are read in the zone of the mapping', async () => {
  await move.django.run(`
    create table zoneless_user (id bigint primary key, email text, password text, last_login timestamp, date_joined timestamp);
    insert into zoneless_user values (1, 'ada@example.com', '!', '2026-07-01 12:00:00.000001', '2026-01-01 12:00:00')`)
  const names = { users: { table: 'zoneless_user' }, profile: null, time_zone: 'Europe/Berlin' }
  const { notes } = await move.dryRun(names)
  expect(notes).toEqual(['Times of the source have no zone: they are read as of Europe/Berlin.'])
  await move.run(names)
  const user = await move.db.selectFrom('users').select(['created_at', 'last_login_at']).executeTakeFirst()
  expect(user).toEqual({
    created_at: new Date('2026-01-01T11:00:00Z'),
    last_login_at: new Date('2026-07-01T10:00:00Z'),
  })
})

test('tables of second factors and other apps are told, with their rows', async () => {
  const key = 'user_id bigint references users_customuser'
  await move.django.run(`
    create table otp_totp_totpdevice (id int primary key, ${key}, key text); insert into otp_totp_totpdevice values (1, 1, 'k');
    create table socialaccount_socialaccount (id int primary key, ${key});
    create table orders_order (id int primary key, ${key}); insert into orders_order values (1, 1), (2, 1);`)
  const { notMoved } = await move.dryRun({ users: { table: 'users_customuser' } })
  expect(notMoved).toEqual([
    { table: 'orders_order', rows: 2, content: null },
    { table: 'otp_totp_totpdevice', rows: 1, content: 'second factors' },
    { table: 'socialaccount_socialaccount', rows: 0, content: 'logins with other services' },
    { table: 'users_customuser_user_permissions', rows: 0, content: 'permissions of single users' },
  ])
})
