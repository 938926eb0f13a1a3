import { readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin } from '@pockitflyer/auth/admin'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createMove, insertUser, type Move } from './support/move.ts'
import { operator } from './support/settings.ts'

let move: Move
beforeAll(async () => {
  move = await createMove('service-5.2')
  await move.django.run(`
    insert into auth_group (name) values ('editors'), ('staff');
    insert into users_customuser (id, password, last_login, is_superuser, email, is_active, is_staff, date_joined) values
      (7, 'pbkdf2_sha256$1000$salt$hash', '2026-01-02 03:04:05.678901+02', true, 'Ada@Example.com', true, true, '2020-02-29 23:59:59.999999+00'),
      (9000000000, '!unusable', null, false, 'ida@example.com', false, false, '2021-01-01 00:00:00+00');
    insert into users_customuser_groups (customuser_id, group_id) values (7, 2), (7, 1);
    insert into users_profile (display_name, bio, user_id) values (E'Ada \\\\ "L" \\u2028', E'a\\nb\\tc', 7)`)
})
afterAll(() => move.close())

const readHere = async () => {
  const { rows } = await sql`
    select u.id, u.email, password_hash, is_active, roles, created_at::text, last_login_at::text, display_name, bio, e.email as key
    from users as u join profiles as p on p.user_id = u.id join emails as e on e.user_id = u.id order by u.id`.execute(
    move.db,
  )
  return rows
}

const countRows = async () => {
  const tables = [
    'users',
    'profiles',
    'emails',
    'email_collisions',
    'sessions',
    'django_users',
    'django_imports',
  ]
  const counts = tables.map((name) => sql`(select count(*) from ${sql.table(name)})`)
  const { rows } = await sql<{ counts: string }>`select concat_ws(' ', ${sql.join(counts)}, (
    select last_value from ${sql.table('users_id_seq')})) as counts`.execute(move.db)
  return rows[0]?.counts
}

test('a dry run writes nothing', async () => {
  const before = await countRows()
  expect(await move.dryRun()).toMatchObject({ users: 2, highestId: 9_000_000_000, problems: [] })
  expect(await countRows()).toBe(before)
})

test('a user arrives with every column, to the microsecond', async () => {
  const result = await move.run()
  expect(result).toEqual({ inserted: 2, updated: 0, unchanged: 0, resumedAfterId: 0, deadTokens: 0 })
  expect(await readHere()).toEqual([
    {
      id: 7,
      email: 'Ada@Example.com',
      password_hash: 'pbkdf2_sha256$1000$salt$hash',
      is_active: true,
      roles: ['group:editors', 'group:staff', 'staff', 'superuser'],
      created_at: '2020-02-29 23:59:59.999999+00',
      last_login_at: '2026-01-02 01:04:05.678901+00',
      display_name: 'Ada \\ "L" \u2028',
      bio: 'a\nb\tc',
      key: 'ada@example.com',
    },
    {
      id: 9_000_000_000,
      email: 'ida@example.com',
      password_hash: '!unusable',
      is_active: false,
      roles: [],
      created_at: '2021-01-01 00:00:00+00',
      last_login_at: null,
      display_name: 'Anonymous User',
      bio: '',
      key: 'ida@example.com',
    },
  ])
})

test('a second run changes nothing', async () => {
  const { rows: before } = await sql`select xmin::text, u.* from users as u order by id`.execute(move.db)
  expect(await move.run()).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 })
  const { rows: after } = await sql`select xmin::text, u.* from users as u order by id`.execute(move.db)
  expect(after).toEqual(before)
  expect((await move.compare()).users).toMatchObject({ equal: 2, different: 0 })
})

test('a user who registers later draws an id past the imported', async () => {
  const settings = readSettings(adminSettings, {})
  const admin = createAdmin(settings, move)
  const account = { email: 'new@example.com', password: 'seven ferries at noon', is_active: true }
  const { id } = await addUser(admin, operator, account)
  expect(id).toBeGreaterThan(9_000_000_000)
})

test('what changed in Django arrives with the next run', async () => {
  await move.django.run(`
    update users_customuser set email = 'Ada@Example.org', password = '!', is_staff = false where id = 7;
    update users_profile set bio = 'new' where user_id = 7`)
  expect(await move.compare()).toMatchObject({
    users: { different: 1 },
    differences: ['email', 'passwordHash', 'roles', 'bio'].map((field) => ({ kind: 'field', id: 7, field })),
  })
  expect(await move.run()).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 })
  const { checksums, differences } = await move.compare()
  expect([checksums.here, differences]).toEqual([checksums.there, []])
  expect((await readHere())[0]).toMatchObject({ email: 'Ada@Example.org', key: 'ada@example.org' })
})

test('a user whom Django deactivates loses all sessions', async () => {
  await sql`
    insert into sessions (id, user_id, expires_at, ends_at)
    values (gen_random_uuid(), 7, now() + interval '1 day', now() + interval '1 day')`.execute(move.db)
  await move.django.run('update users_customuser set is_active = false where id = 7')
  await move.run()
  const session = await move.db
    .selectFrom('sessions')
    .select('revoked_because')
    .where('user_id', '=', 7)
    .execute()
  expect(session).toEqual([{ revoked_because: 'deactivated' }])
})

test('an import goes on where it was broken off', async () => {
  const broken = await createMove('service-3.2')
  onTestFinished(() => broken.close())
  await broken.django.run(`
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    select n, '!', false, 'user-' || n || '@example.com', true, false, now() from generate_series(1, 2100) as n`)
  const breakOff = broken.run({}, ({ step }) => {
    if (step === 'users') throw new Error('killed')
  })
  await expect(breakOff).rejects.toThrow('killed')
  expect(await broken.run()).toMatchObject({ resumedAfterId: 2000, inserted: 100, unchanged: 0 })
  expect(await broken.run()).toMatchObject({ resumedAfterId: 0, inserted: 0, unchanged: 2100 })
  expect((await broken.compare()).users).toMatchObject({ there: 2100, equal: 2100 })
})

test('a user who is here and was not imported stops the import', async () => {
  const other = await createMove('service-3.2')
  onTestFinished(() => other.close())
  await other.django.run(
    insertUser({ id: 1, email: 'ada@example.com' }) + insertUser({ id: 2, email: 'ida@example.com' }),
  )
  await sql`
    with added as (insert into users (id, email, password_hash) overriding system value
      values (1, 'stranger@example.com', '!'), (50, 'Ida@example.com', '!') returning id, email)
    insert into emails (email, user_id) select lower(email), id from added`.execute(other.db)
  const { conflicts } = await other.dryRun()
  expect(conflicts.map(({ kind, id, hereId }) => [kind, id, hereId])).toEqual([
    ['id', 1, 1],
    ['email', 2, 50],
  ])
  await expect(other.run()).rejects.toThrow('2 users who are here')
  expect(await other.db.selectFrom('django_users').select('user_id').execute()).toEqual([])
})
