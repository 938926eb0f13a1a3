import { type Kysely, sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { listEmailCollisions } from '../../src/db/emails.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { findPendingMigrations } from '../../src/db/postgres/migrate.ts'
import { createService, djangoPbkdf2, password } from '../support/harness.ts'
import { createPreviousVersion } from '../support/previous-version.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'

const migratedTo = '2026-11-25-rate-limits'

/**
 * A migrator that is killed as soon as it reports progress with the emails. Returns what it failed
 * with; `undefined` when there was no more to do.
 */
async function migrateAndDie(db: Kysely<Database>, url: string): Promise<string | undefined> {
  const migrating = connect({ url, poolSize: 1 })
  const pid = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(migrating)
  let reports = 0
  let killing = Promise.resolve<unknown>(undefined)
  try {
    await migrateToLatest(migrating, {
      report: (text) => {
        if (!text.startsWith('emails')) return
        reports += 1
        if (reports === 1) killing = kill(db, pid.rows[0]?.pid)
      },
    })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await killing
    await migrating.destroy()
  }
}

const kill = (db: Kysely<Database>, pid: number | undefined) =>
  sql`select pg_terminate_backend(${pid})`.execute(db)

async function count(db: Kysely<Database>, table: 'users' | 'emails'): Promise<number> {
  const { total } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

test('a migration killed repeatedly resumes and gives every user an email', async () => {
  const { db, url } = await openScratchDatabase({ migratedTo })
  await sql`
    insert into users (email, password_hash)
    select case n % 3 when 0 then 'User-' else 'user-' end || n || '@example.com', 'unusable'
    from generate_series(1, 6500) as n`.execute(db)
  const done: number[] = []
  for (let failure: string | undefined = 'none yet'; failure !== undefined && done.length < 40; ) {
    failure = await migrateAndDie(db, url)
    done.push(await count(db, 'emails'))
  }
  expect(done.length).toBeGreaterThan(3)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(await count(db, 'emails')).toBe(await count(db, 'users'))
  const { rows } = await sql`
    select from users as u where not exists
      (select from emails as e where e.user_id = u.id and e.email = 'user-' || u.id || '@example.com')`.execute(
    db,
  )
  expect(rows).toEqual([])
  expect([await findPendingMigrations(db), await listEmailCollisions(db)]).toEqual([[], []])
})

test('an index killed while built is rebuilt without blocking logins', async () => {
  const { db, url } = await openScratchDatabase({ migratedTo })
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  await previous.register('ada@example.com')
  const isValid = async () => {
    const { rows } = await sql<{ isValid: boolean }>`
      select indisvalid as "isValid" from pg_index where indexrelid = to_regclass('users_unfolded_idx')`.execute(
      db,
    )
    return rows[0]?.isValid
  }
  const report = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  await sql`select 1 from auth_events`.execute(report)
  const migrating = connect({ url, poolSize: 1 })
  onTestFinished(() => migrating.destroy())
  const pid = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(migrating)
  onTestFinished(() => (report.isCommitted ? undefined : report.rollback().execute()))
  const migration = migrateToLatest(migrating).catch((error: unknown) => error)
  await vi.waitUntil(async () => (await isValid()) === false, { timeout: 30_000, interval: 20 })
  await previous.login('ada@example.com')
  await kill(db, pid.rows[0]?.pid)
  expect(await migration).toMatchObject({ name: 'MigrationError' })
  expect(await isValid()).toBe(false)
  await report.commit().execute()
  await migrateToLatest(db)
  expect(await isValid()).toBe(true)
})

test('of emails that fold alike one owner remains, each found exactly', async () => {
  const { db, url } = await openScratchDatabase({ icuLocale: 'tr', migratedTo })
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const add = (email: string) => previous.register(email, djangoPbkdf2(password))
  const ids = {
    upper: await add('IDA@example.com'),
    lower: await add('ida@example.com'),
    first: await add('Ivy@example.com'),
    second: await add('iVy@example.com'),
    other: await add('Bob@example.com'),
  }
  await migrateToLatest(db)
  const { login } = await createService(db)
  const found = async (email: string) => (await login(email, password)).body.user?.id
  expect(await found('IDA@example.com')).toBe(ids.upper)
  expect(await found('ida@example.com')).toBe(ids.lower)
  expect(await found('Ida@example.com')).toBe(ids.lower)
  expect(await found('Ivy@example.com')).toBe(ids.first)
  expect(await found('iVy@example.com')).toBe(ids.second)
  expect(await found('IVY@example.com')).toBe(ids.first)
  expect(await found('BOB@example.com')).toBe(ids.other)
  const listed = await listEmailCollisions(db)
  expect(
    listed.map(({ userId, foldedEmail, ownerId, isReachable }) => [
      userId,
      foldedEmail,
      ownerId,
      isReachable,
    ]),
  ).toEqual([
    [ids.upper, 'ida@example.com', ids.lower, true],
    [ids.second, 'ivy@example.com', ids.first, true],
  ])
  expect(await count(db, 'users')).toBe(Object.keys(ids).length)
})
