import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@pockitflyer/auth'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { connectSource, importSource, inspectSource, mapping, openPostgresSource } from '../src/index.ts'
import { createDjango, type DjangoDatabase } from './support/django-database.ts'

const operator = { client: { ip: null, userAgent: 'test' } }
const passwords = { memoryKib: 19456, timeCost: 2, parallelism: 1 }

let django: DjangoDatabase
let here: { url: string; drop: () => Promise<void> }
let db: ReturnType<typeof connect>
beforeAll(async () => {
  django = await createDjango('service-5.2')
  here = await createTestDatabase()
  db = connect({ url: here.url })
})
afterAll(async () => {
  await db.destroy()
  await django.close()
  await here.drop()
})

async function runImport(names: unknown = {}) {
  const source = connectSource(django.url)
  const read = mapping.parse(names)
  const opened = await openPostgresSource(source, { url: django.url, mapping: read })
  const inspection = await inspectSource({ db }, operator, {
    source: opened,
    mapping: read,
    passwords,
    onProgress: () => {},
  })
  const result = await importSource({ db }, operator, { source: opened, inspection, onProgress: () => {} })
  await source.destroy()
  return { report: inspection.report, result }
}

test('a user arrives with every column, to the microsecond', async () => {
  await django.run(`
    insert into auth_group (name) values ('editors'), ('staff');
    insert into users_customuser (id, password, last_login, is_superuser, email, is_active, is_staff, date_joined) values
      (7, 'pbkdf2_sha256$1000$salt$hash', '2026-01-02 03:04:05.678901+02', true, 'Ada@Example.com', true, true, '2020-02-29 23:59:59.999999+00'),
      (9000000000, '!unusable', null, false, 'ida@example.com', false, false, '2021-01-01 00:00:00+00');
    insert into users_customuser_groups (customuser_id, group_id) values (7, 2), (7, 1);
    insert into users_profile (display_name, bio, user_id) values (E'Ada \\\\ "L" \\u2028', E'a\\nb\\tc', 7)`)
  const { result } = await runImport()
  expect(result).toEqual({ inserted: 2, updated: 0, unchanged: 0, resumedAfterId: 0, deadTokens: 0 })
  const { rows } = await sql`
    select u.id, u.email, password_hash, is_active, roles, created_at::text, last_login_at::text, display_name, bio, e.email as key
    from users as u join profiles as p on p.user_id = u.id join emails as e on e.user_id = u.id order by u.id`.execute(
    db,
  )
  expect(rows).toEqual([
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
  expect((await runImport()).result).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 })
})
