import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { findPendingMigrations } from '../../src/db/postgres/migrate.ts'
import { migrations } from '../../src/db/migrations/index.ts'

const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
})

const names = Object.keys(migrations)

/** A database without a table, and connections to it. */
async function openEmptyDatabase(connections: number) {
  const database = await createTestDatabase()
  closers.push(() => database.drop())
  const dbs = Array.from({ length: connections }, () => connect({ url: database.url, poolSize: 1 }))
  for (const db of dbs) closers.push(() => db.destroy())
  const [db] = dbs
  if (db === undefined) throw new Error('no connection')
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  await sql`drop schema graphile_worker cascade`.execute(db)
  return { db, dbs }
}

async function tablesOf(db: ReturnType<typeof connect>): Promise<string[]> {
  const tables = await db.introspection.getTables()
  const names = tables.flatMap(({ schema, name }) => (schema === 'public' ? [name] : []))
  return names.filter((name) => !/^auth_events_.*\d{4}_\d\d$/.test(name)).toSorted()
}

test('an empty database is migrated, and a second run does nothing', async () => {
  const { db } = await openEmptyDatabase(1)
  expect(await findPendingMigrations(db)).toEqual(names)
  expect(await tablesOf(db)).toEqual([])
  expect(await migrateToLatest(db)).toEqual(names)
  expect(await tablesOf(db)).toEqual([
    'auth_events',
    'auth_events_default',
    'django_changes',
    'django_imports',
    'django_users',
    'email_changes',
    'email_collisions',
    'emails',
    'events_without_user',
    'leadership',
    'mailbox_mails',
    'one_time_tokens',
    'outgoing_mails',
    'profiles',
    'rate_limits',
    'registrations',
    'sessions',
    'user_id_origin',
    'users',
  ])
  expect(await findPendingMigrations(db)).toEqual([])
  expect(await migrateToLatest(db)).toEqual([])
  const { rows } = await sql`select 1 from graphile_worker.migrations`.execute(db)
  expect(rows).not.toEqual([])
})

test('8 servers that migrate one empty database all succeed', async () => {
  const { db, dbs } = await openEmptyDatabase(8)
  const results = await Promise.all(dbs.map((one) => migrateToLatest(one)))
  expect(results.filter((applied) => applied.length > 0)).toEqual([names])
  expect(await findPendingMigrations(db)).toEqual([])
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())`.execute(db)
  expect(rows).toEqual([{ count: 0 }])
})

test('a failed migration is reported, rolled back, and blocks no next', async () => {
  const { db } = await openEmptyDatabase(1)
  await sql`create table profiles (in_the_way text)`.execute(db)
  await expect(migrateToLatest(db)).rejects.toMatchObject({
    message: 'A migration failed; nothing of it was kept.',
    cause: { message: 'relation "profiles" already exists' },
  })
  expect(await tablesOf(db)).toEqual(['profiles'])
  expect(await findPendingMigrations(db)).toEqual(names)
  await sql`drop table profiles`.execute(db)
  expect(await migrateToLatest(db)).toEqual(names)
})

test('a database that cannot be reached is told within the time limit', async () => {
  const database = await createTestDatabase()
  await database.drop()
  const db = connect({ url: database.url })
  closers.push(() => db.destroy())
  await expect(findPendingMigrations(db)).rejects.toThrow('does not exist')
})

test('migrations run in the order of their names', () => {
  expect(names.toSorted()).toEqual(names)
})
