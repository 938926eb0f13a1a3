import {
  addUser,
  listExportProblems,
  removeExport,
  setActive,
  setEmail,
  setPassword,
} from '@pockitflyer/auth/admin'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operator } from './support/settings.ts'
import { createWayBack, type WayBack } from './support/way-back.ts'

const md5 = 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99'
const password = 'seven ferries at noon'

let back: WayBack
beforeAll(async () => {
  back = await createWayBack(
    'service-5.2',
    `insert into auth_group (name) values ('editors');
     insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
     select n, '${md5}', false, 'user-' || n || '@example.com', true, false, '2020-02-29 23:59:59.123456+00'
     from generate_series(1, 20) as n;
     insert into users_profile (display_name, bio, user_id) select 'User ' || id, '', id from users_customuser`,
  )
  await back.start()
})
afterAll(() => back.close())

const userThere = async (id: number) => {
  const [user] = await back.read(`
    select u.email, password, is_active, is_staff, is_superuser, date_joined::text, last_login::text, display_name, bio,
      array(select g.name from users_customuser_groups m join auth_group g on g.id = group_id where customuser_id = u.id) as groups
    from users_customuser u left join users_profile p on p.user_id = u.id where u.id = ${id}`)
  return user
}

const expectEqual = async () => {
  const { differences, checksums } = await back.compare()
  expect(differences).toEqual([])
  expect(checksums.here).toBe(checksums.there)
}

test('what changes here changes in Django, to the microsecond', async () => {
  await setPassword(back.admin, operator, { userId: 1, password })
  await setEmail(back.admin, operator, { userId: 1, email: 'Ada@Example.org' })
  await back.run(`
    update users set roles = '{group:editors,group:writers,staff,superuser}', last_login_at = '2026-11-27 12:00:00.654321+00' where id = 1;
    update profiles set display_name = 'Ada "L" 😀', bio = E'a\\nb' where user_id = 1`)
  await setActive(back.admin, operator, { userId: 2, isActive: false })
  await back.drain()
  expect(await userThere(1)).toHaveProperty(
    'password',
    expect.stringMatching(/^argon2\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
  )
  expect(await userThere(1)).toMatchObject({
    email: 'Ada@Example.org',
    is_active: true,
    is_staff: true,
    is_superuser: true,
    date_joined: '2020-02-29 23:59:59.123456+00',
    last_login: '2026-11-27 12:00:00.654321+00',
    display_name: 'Ada "L" 😀',
    bio: 'a\nb',
    groups: ['editors', 'writers'],
  })
  expect(await userThere(2)).toMatchObject({ is_active: false, password: md5, groups: [] })
  await back.run(`update users set roles = '{}' where id = 1`)
  await back.drain()
  expect(await userThere(1)).toMatchObject({ is_staff: false, groups: [] })
  await expectEqual()
})

test('a new user is added, and Django draws later ids', async () => {
  const account = { email: 'new@example.com', password, is_active: true, display_name: 'New' }
  const { id } = await addUser(back.admin, operator, account)
  await back.drain()
  expect(await userThere(id)).toMatchObject({
    email: 'new@example.com',
    display_name: 'New',
    is_active: true,
  })
  const drawn = `select nextval(pg_get_serial_sequence('users_customuser', 'id')) > ${id} as is_later`
  expect(await back.read(drawn)).toEqual([{ is_later: true }])
  await expectEqual()
})

test('a deletion takes the rows of known tables along', async () => {
  await back.django.run(`
    insert into token_blacklist_outstandingtoken (id, jti, token, created_at, expires_at, user_id)
      values (1, 'j', 't', now(), now() + interval '1 day', 3);
    insert into token_blacklist_blacklistedtoken (blacklisted_at, token_id) values (now(), 1);
    insert into users_customuser_groups (customuser_id, group_id) select 3, id from auth_group limit 1`)
  await back.run('delete from users where id = 3')
  await back.drain()
  expect(await userThere(3)).toBeUndefined()
  expect(await back.read('select from token_blacklist_outstandingtoken')).toEqual([])
  await expectEqual()
})

test('a user to whom another table leads stays there, inactive and told', async () => {
  await back.django.run(`
    create table shop_order (id int primary key, user_id bigint not null references users_customuser deferrable initially deferred);
    insert into shop_order values (1, 4)`)
  await back.run('delete from users where id in (4, 5)')
  await back.drain()
  expect(await userThere(4)).toMatchObject({
    email: 'deleted-4@pockitflyer.invalid',
    is_active: false,
    password: '!',
  })
  expect(await userThere(5)).toBeUndefined()
  expect(await listExportProblems(back, operator)).toEqual([
    { userId: 4, problem: 'shop_order refers to the deleted user: inactive there', isGone: true },
  ])
  expect((await back.compare()).users).toMatchObject({ deactivatedThere: 1, missingHere: 0 })
  await expectEqual()
  await back.django.run('delete from shop_order')
  await back.start()
  expect(await userThere(4)).toBeUndefined()
  expect(await listExportProblems(back, operator)).toEqual([])
})

test('users exchange their emails', async () => {
  await back.db.transaction().execute(async (tx) => {
    await sql`update users set email = 'user-' || (13 - id) || '@example.com' where id in (6, 7)`.execute(tx)
  })
  await back.drain()
  expect([await userThere(6), await userThere(7)]).toMatchObject([
    { email: 'user-7@example.com' },
    { email: 'user-6@example.com' },
  ])
  await expectEqual()
})

test('a user whom Django cannot have is told, and tried again', async () => {
  await back.run(`
    update profiles set display_name = repeat('x', 101) where user_id = 8;
    update profiles set display_name = 'fits' where user_id = 9`)
  await back.drain()
  expect(await userThere(9)).toMatchObject({ display_name: 'fits' })
  expect(await listExportProblems(back, operator)).toEqual([
    { userId: 8, problem: 'value too long for type character varying(100)', isGone: false },
  ])
  expect((await back.compare()).differences).toMatchObject([{ id: 8, field: 'displayName' }])
  await back.run(`update profiles set display_name = 'short' where user_id = 8`)
  await back.drain()
  expect(await listExportProblems(back, operator)).toEqual([])
  await expectEqual()
})

test('an id that Django gave to another user meanwhile is told', async () => {
  await back.django.run(`
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    values (5000, '!', false, 'stray@example.com', true, false, now())`)
  await back.run(`
    with added as (insert into users (id, email, password_hash) overriding system value values (5000, 'ours@example.com', '!') returning id)
    insert into profiles (user_id) select id from added`)
  await back.drain()
  expect(await userThere(5000)).toMatchObject({ email: 'stray@example.com' })
  expect(await listExportProblems(back, operator)).toMatchObject([
    { userId: 5000, problem: 'Django has another user with this id' },
  ])
  await back.django.run('delete from users_customuser where id = 5000')
  await back.start()
  expect(await userThere(5000)).toMatchObject({ email: 'ours@example.com' })
  await expectEqual()
})

test('a start brings changes and deletions from before the feed', async () => {
  expect(await removeExport(back, operator)).toBe(true)
  await back.run(`
    update users set email = 'unseen@example.com' where id = 10;
    delete from users where id = 11`)
  await back.django.run(`
    update users_customuser set email = 'stray@example.com' where id = 12;
    delete from users_profile where user_id = 13; delete from users_customuser where id = 13;
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    values (6000, '!', false, 'theirs@example.com', true, false, now())`)
  expect(await back.start()).toBeGreaterThan(0)
  expect(await userThere(10)).toMatchObject({ email: 'unseen@example.com' })
  expect(await userThere(11)).toBeUndefined()
  expect(await userThere(12)).toMatchObject({ email: 'user-12@example.com' })
  expect(await userThere(13)).toMatchObject({ email: 'user-13@example.com' })
  expect((await back.compare()).differences).toEqual([{ kind: 'missing_here', id: 6000 }])
  await back.django.run('delete from users_customuser where id = 6000')
  await expectEqual()
})
