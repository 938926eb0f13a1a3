import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin, getLeadership, setLeader } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  connectSource,
  type FollowedSource,
  mapping,
  openPostgresSource,
  startFollowing,
  switchToAccounts,
} from '../src/index.ts'
import { createDjango, type DjangoDatabase } from './support/django-database.ts'

const operator = { client: { ip: null, userAgent: 'test' } }
const passwords = { memoryKib: 19456, timeCost: 2, parallelism: 1 }

let django: DjangoDatabase
let here: { url: string; drop: () => Promise<void> }
let db: ReturnType<typeof connect>
let reader: ReturnType<typeof connectSource>
let source: FollowedSource
beforeAll(async () => {
  django = await createDjango('service-5.2')
  here = await createTestDatabase()
  db = connect({ url: here.url })
  reader = connectSource(django.url)
  source = await openPostgresSource(reader, { url: django.url, mapping: mapping.parse({}) })
  await django.run(`
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    select '!', false, 'user-' || n || '@example.com', true, false, '2020-01-01' from generate_series(1, 20) as n`)
})
afterAll(async () => {
  await reader.destroy()
  await db.destroy()
  await django.close()
  await here.drop()
})

beforeEach(async () => {
  await setLeader({ db }, 'django')
  await startFollowing({ db }, operator, {
    source,
    mapping: mapping.parse({}),
    passwords,
    onProgress: () => {},
  })
})

const leader = async () => (await getLeadership({ db })).leader

const doSwitch = () => switchToAccounts({ db }, operator, source)

test('a switch applies what is left, and makes this service the leader', async () => {
  await django.run(`update users_customuser set email = 'last@example.com' where id = 1`)
  const { users, checksums } = await doSwitch()
  expect(users).toMatchObject({ there: 20, here: 20, equal: 20 })
  expect(checksums.here).toBe(checksums.there)
  expect(await leader()).toBe('accounts')
  const { rows } = await sql`select id from users where email = 'last@example.com'`.execute(db)
  expect(rows).toEqual([{ id: 1 }])
  await expect(doSwitch()).rejects.toThrow('leads already')
})

test('a new user here draws an id that Django never gave out', async () => {
  await django.run(`
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    values ('!', false, 'gone@example.com', true, false, now());
    delete from users_customuser where email = 'gone@example.com'`)
  await doSwitch()
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  const account = { email: 'new@example.com', password: 'seven ferries at noon', is_active: true }
  const { rows } = await sql<{ last: string }>`
    select pg_sequence_last_value(pg_get_serial_sequence('users_customuser', 'id')::regclass)::text as last`.execute(
    reader,
  )
  expect((await addUser(admin, operator, account)).id).toBeGreaterThan(Number(rows[0]?.last))
})

test('a switch waits for a transaction that writes in Django', async () => {
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: hasWritten, resolve: wrote } = Promise.withResolvers<void>()
  const writing = django.db.transaction().execute(async (tx) => {
    await sql`update users_customuser set email = 'late@example.com' where id = 2`.execute(tx)
    wrote()
    await mayCommit
  })
  await hasWritten
  const switching = doSwitch()
  await expect
    .poll(async () => {
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        reader,
      )
      return rows.length
    })
    .toBeGreaterThan(0)
  commit()
  await Promise.all([writing, switching])
  const { rows } = await sql`select email from users where id = 2`.execute(db)
  expect(rows).toEqual([{ email: 'late@example.com' }])
})

test('a switch is refused where a user differs', async () => {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('auth.from_django', 'on', true)`.execute(tx)
    await sql`update profiles set bio = 'changed' where user_id = 3`.execute(tx)
  })
  await expect(doSwitch()).rejects.toThrow('user 3: bio')
  expect(await leader()).toBe('django')
  await django.run(`update users_customuser set is_staff = true where id = 3`)
  await doSwitch()
})

test('a switch is refused while nothing follows', async () => {
  await source.feed.remove()
  await expect(doSwitch()).rejects.toThrow('Nothing follows')
  expect(await leader()).toBe('django')
})
