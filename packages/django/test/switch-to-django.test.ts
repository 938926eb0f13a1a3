import { addUser, getLeadership, LeaderError, setEmail } from '@pockitflyer/auth/admin'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyChanges, exportBatch, switchToAccounts, switchToDjango } from '../src/index.ts'
import { operator } from './support/settings.ts'
import { createWayBack, type WayBack } from './support/way-back.ts'

let back: WayBack
beforeAll(async () => {
  back = await createWayBack(
    'service-5.2',
    `insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
     select n, '!', false, 'user-' || n || '@example.com', true, false, '2020-01-01' from generate_series(1, 20) as n`,
  )
})
afterAll(() => back.close())

const leader = async () => (await getLeadership(back)).leader
const toDjango = () => switchToDjango(back, operator, back.source)
const toAccounts = () => switchToAccounts(back, operator, back.source)

test('a switch to Django is refused while nothing is exported', async () => {
  await expect(toDjango()).rejects.toThrow('Nothing is exported')
  expect(await leader()).toBe('accounts')
  await back.start()
})

test('a switch to Django is refused where a user cannot be exported', async () => {
  await back.run(`update profiles set display_name = repeat('x', 101) where user_id = 1`)
  await expect(toDjango()).rejects.toThrow('user 1: displayName')
  expect(await leader()).toBe('accounts')
  await back.run(`update profiles set display_name = 'Ada' where user_id = 1`)
})

test('Django leads with what was changed here last, and refuses no id', async () => {
  await setEmail(back.admin, operator, { userId: 2, email: 'last@example.com' })
  const account = { email: 'new@example.com', password: 'seven ferries at noon', is_active: true }
  const { id } = await addUser(back.admin, operator, account)
  await back.run(`delete from users where id = ${id}`)
  const { users, differences } = await toDjango()
  expect([users.equal, differences, await leader()]).toEqual([20, [], 'django'])
  expect(await back.read('select email from users_customuser where id = 2')).toEqual([
    { email: 'last@example.com' },
  ])
  await back.django.run(`
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    values ('!', false, 'theirs@example.com', true, false, now())`)
  expect(
    await back.read(`select id > ${id} as later from users_customuser where email = 'theirs@example.com'`),
  ).toEqual([{ later: true }])
  await expect(toDjango()).rejects.toThrow('Django leads already')
})

test('once Django leads nothing is exported, and its changes are followed', async () => {
  await expect(exportBatch(back, operator, back.source)).rejects.toThrow(LeaderError)
  const change = setEmail(back.admin, operator, { userId: 3, email: 'x@example.com' })
  await expect(change).rejects.toThrow(/accounts cannot be changed/i)
  expect(await back.follow()).toMatchObject({ inserted: 1, updated: 0, deleted: 0 })
  await back.django.run(`update users_customuser set email = 'there@example.com' where id = 4`)
  while ((await applyChanges(back, operator, back.source)) > 0);
  const { rows } = await sql`select email from users where id = 4`.execute(back.db)
  expect(rows).toEqual([{ email: 'there@example.com' }])
})

test('the way forward is open again, and back once more', async () => {
  await back.django.run(`update users_customuser set email = 'forward@example.com' where id = 5`)
  expect((await toAccounts()).differences).toEqual([])
  expect(await leader()).toBe('accounts')
  await expect(back.follow()).rejects.toThrow(LeaderError)
  await setEmail(back.admin, operator, { userId: 5, email: 'back@example.com' })
  await toDjango()
  expect(await back.read('select email from users_customuser where id = 5')).toEqual([
    { email: 'back@example.com' },
  ])
  expect(await back.follow()).toMatchObject({ inserted: 0, updated: 0, deleted: 0 })
  await toAccounts()
})

test('a switch to Django waits for a transaction that writes here', async () => {
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: hasWritten, resolve: wrote } = Promise.withResolvers<void>()
  const writing = back.db.transaction().execute(async (tx) => {
    await sql`update users set email = 'late@example.com' where id = 6`.execute(tx)
    wrote()
    await mayCommit
  })
  await hasWritten
  const switching = toDjango()
  await expect
    .poll(async () => {
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`.execute(
        back.db,
      )
      return rows.length
    })
    .toBeGreaterThan(0)
  commit()
  await Promise.all([writing, switching])
  expect(await back.read('select email from users_customuser where id = 6')).toEqual([
    { email: 'late@example.com' },
  ])
  await back.follow()
  expect((await back.compare()).differences).toEqual([])
})
