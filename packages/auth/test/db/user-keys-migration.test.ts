import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import type { Database } from '../../src/db/database.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'

const migratedTo = '2026-11-27-registrations'

/** A database of the version before with a user, 20 events of the user and 10 of none. */
async function openBefore() {
  const { db, url } = await openScratchDatabase({ migratedTo })
  const { rows } = await sql<{ id: number }>`
    insert into users (email, password_hash, email_is_folded) values ('ada@example.com', '!', true) returning id`.execute(
    db,
  )
  const userId = rows[0]?.id ?? 0
  await sql`
    insert into auth_events (kind, user_id, user_agent)
    select 'login', case when n % 3 > 0 then ${userId}::bigint end, n from generate_series(1, 30) n`.execute(
    db,
  )
  return { db, url, userId }
}

/** As the version before does. */
const appendEvent = (db: Kysely<Database>, userId: number | null) =>
  sql`insert into "auth_events" ("kind", "user_id", "session_id", "ip", "user_agent", "detail")
    values ('login_failed', ${userId}, null, null, null, null)`.execute(db)

/** As the version before does. */
const adopt = (db: Kysely<Database>, userId: number, jti: string) =>
  sql`insert into "sessions" ("id", "user_id", "expires_at", "ends_at", "adopted_jti")
    values (${randomUUID()}, ${userId}, now() + interval '1 day', now() + interval '1 day', ${jti})
    on conflict ("adopted_jti") do update set "adopted_jti" = ${jti} returning "id"`.execute(db)

async function keysOf(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select conrelid::regclass || ' ' || pg_get_constraintdef(oid) as key from pg_constraint
    where conrelid in ('sessions'::regclass, 'auth_events'::regclass) and contype in ('p', 'u')
    order by 1`.execute(db)
  return rows.map(({ key }) => key)
}

async function countEvents(db: Kysely<Database>) {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from auth_events) as "ofUsers", (select count(*) from events_without_user) as others,
      (select count(distinct id) from (select id from auth_events union all select id from events_without_user) e) as ids`.execute(
    db,
  )
  return rows[0]
}

test('the version before appends and adopts as ever, until contracted', async () => {
  const { db, userId } = await openBefore()
  await migrateToLatest(db)
  await appendEvent(db, null)
  await appendEvent(db, userId)
  expect(await countEvents(db)).toEqual({ ofUsers: 21, others: 11, ids: 32 })
  const [first, second] = [await adopt(db, userId, 'a'), await adopt(db, userId, 'a')]
  expect(second.rows).toEqual(first.rows)
  await migrateToLatest(db, { contracts: true })
  await migrateToLatest(db, { contracts: true })
  expect(await keysOf(db)).toEqual([
    'auth_events PRIMARY KEY (user_id, at, id)',
    'sessions PRIMARY KEY (user_id, id)',
  ])
  await expect(appendEvent(db, null)).rejects.toThrow('null value in column "user_id"')
  await expect(adopt(db, userId, 'b')).rejects.toThrow('no unique or exclusion constraint')
})

test('events stay with their user id when the user is deleted', async () => {
  const { db, userId } = await openBefore()
  await migrateToLatest(db)
  await db.deleteFrom('users').where('id', '=', userId).execute()
  expect(await countEvents(db)).toEqual({ ofUsers: 20, others: 10, ids: 30 })
})

test('killed at any step the migration goes on and loses nothing', async () => {
  const { db, url } = await openBefore()
  const outcomes: unknown[] = []
  while (outcomes.at(-1) !== 'done' && outcomes.length < 20)
    outcomes.push(await migrateAndDie(db, { url, atStep: outcomes.length + 1 }))
  expect(outcomes.length).toBeGreaterThan(3)
  expect(outcomes.at(-1)).toBe('done')
  expect(await countEvents(db)).toEqual({ ofUsers: 20, others: 10, ids: 30 })
})

/** Migrates until it reports its n-th step, and is killed there, if it comes so far. */
async function migrateAndDie(db: Kysely<Database>, { url, atStep }: { url: string; atStep: number }) {
  const migrating = connect({ url, poolSize: 1 })
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(migrating)
  let steps = 0
  let killing: Promise<unknown> | undefined
  const report = () => {
    steps += 1
    if (steps === atStep) killing = sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db)
  }
  const outcome = await migrateToLatest(migrating, { report }).then(
    () => 'done',
    (error: unknown) => error,
  )
  await killing
  await migrating.destroy()
  return outcome
}

test('a role that may append events may append those without a user', async () => {
  const { db, userId } = await openBefore()
  const role = `service_${randomUUID().replaceAll('-', '')}`
  await sql`create role ${sql.id(role)}`.execute(db)
  onTestFinished(async () => {
    await sql`drop owned by ${sql.id(role)}`.execute(db)
    await sql`drop role ${sql.id(role)}`.execute(db)
  })
  await sql`grant usage on schema public to ${sql.id(role)}`.execute(db)
  await sql`grant select, insert on auth_events to ${sql.id(role)}`.execute(db)
  await migrateToLatest(db)
  await db.transaction().execute(async (tx) => {
    await sql`set local role ${sql.id(role)}`.execute(tx)
    await appendEvent(tx, null)
    await appendEvent(tx, userId)
    await tx.insertInto('events_without_user').values({ kind: 'login_failed' }).execute()
  })
  expect(await countEvents(db)).toEqual({ ofUsers: 21, others: 12, ids: 33 })
})
