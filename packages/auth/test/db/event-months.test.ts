import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { addEventMonths, listEvents, pruneEvents } from '../../src/admin/events.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import type { Database } from '../../src/db/database.ts'
import { getEventMonths } from '../../src/db/postgres/event-months.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'

const operator = { client: { ip: null, userAgent: null } }

/** A time in the month that is so many after the current one. */
function inMonth(months: number, day = 10): Date {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, day))
}

/** The name of the partition of that month. */
function partitionOf(months: number): string {
  return `auth_events_${inMonth(months).toISOString().slice(0, 7).replace('-', '_')}`
}

async function open() {
  const { db } = await openScratchDatabase()
  await migrateToLatest(db)
  return db
}

async function insertEvents(db: Kysely<Database>, times: Date[]): Promise<void> {
  const events = times.map((at) => ({ kind: 'login' as const, user_id: 1, at }))
  await db.insertInto('auth_events').values(events).execute()
}

/** The partitions that have events, each with how many. */
async function countByPartition(db: Kysely<Database>): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; events: number }>`
    select tableoid::regclass::text as name, count(*) as events from auth_events group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ name, events }) => [name, events]))
}

test('events stand in their month, for four months ahead', async () => {
  const db = await open()
  await insertEvents(db, [inMonth(-9), inMonth(0), inMonth(2), inMonth(4), inMonth(5)])
  expect(await countByPartition(db)).toEqual({
    [partitionOf(2).replace('events_', 'events_before_')]: 2,
    [partitionOf(2)]: 1,
    [partitionOf(4)]: 1,
    auth_events_default: 1,
  })
})

test('prune drops whole months and deletes the rest of one', async () => {
  const db = await open()
  await insertEvents(db, [inMonth(0), inMonth(2), inMonth(2), inMonth(3, 5), inMonth(3, 20), inMonth(4)])
  const days = Math.round((Date.now() - inMonth(3, 12).getTime()) / 86_400_000)
  expect(await pruneEvents({ db }, operator, { olderThanDays: days })).toBe(4)
  expect(await countByPartition(db)).toEqual({ [partitionOf(3)]: 1, [partitionOf(4)]: 1 })
  const { rows } = await sql`select to_regclass(${partitionOf(2)}) as name`.execute(db)
  expect(rows).toEqual([{ name: null }])
  expect(await pruneEvents({ db }, operator, { olderThanDays: days })).toBe(0)
})

test('a list since a time reads no month before it', async () => {
  const db = await open()
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await listEvents({ db }, operator, { since: inMonth(3), limit: 10 })
  const [sent]: unknown[] = query.mock.lastCall ?? []
  query.mockRestore()
  const { text, values } = statement.parse(sent)
  const plan = await db.executeQuery<Record<string, string>>(
    sql`explain ${sql.raw(text.replaceAll(/\$(\d+)/g, (_, n) => `'${toLiteral(values[Number(n) - 1])}'`))}`.compile(
      db,
    ),
  )
  const read = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(read).toContain(partitionOf(3))
  expect(read).not.toContain(partitionOf(2))
  expect(read).not.toContain('before')
})

const statement = z.object({ text: z.string(), values: z.array(z.unknown()) })

const toLiteral = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value))

test('events of a month without a partition are kept, listed and pruned', async () => {
  const db = await open()
  await insertEvents(db, [inMonth(6), inMonth(6, 20)])
  expect(await getEventMonths(db)).toEqual({ hasNext: true, usesDefault: true })
  await sql`select create_event_months(7)`.execute(db)
  await insertEvents(db, [inMonth(5), inMonth(6), inMonth(7)])
  expect(await countByPartition(db)).toEqual({
    [partitionOf(5)]: 1,
    [partitionOf(7)]: 1,
    auth_events_default: 3,
  })
  expect(await listEvents({ db }, operator, { limit: 10 })).toHaveLength(5)
  const days = Math.round((Date.now() - inMonth(7, 2).getTime()) / 86_400_000)
  expect(await pruneEvents({ db }, operator, { olderThanDays: days })).toBe(4)
  expect(await countByPartition(db)).toEqual({ [partitionOf(7)]: 1 })
})

test('an operator learns that the next month has no partition', async () => {
  const db = await open()
  await sql`drop table ${sql.table(partitionOf(2).replace('events_', 'events_before_'))}`.execute(db)
  for (const months of [2, 3, 4]) await sql`drop table ${sql.table(partitionOf(months))}`.execute(db)
  expect(await getEventMonths(db)).toMatchObject({ hasNext: false })
  await addEventMonths({ db }, operator)
  await addEventMonths({ db }, operator)
  expect(await getEventMonths(db)).toMatchObject({ hasNext: true })
  await insertEvents(db, [inMonth(0), inMonth(1)])
  expect(await countByPartition(db)).toEqual({ [partitionOf(0)]: 1, [partitionOf(1)]: 1 })
})

test('a role without DDL makes months, drops them if it may delete', async () => {
  const db = await open()
  const role = `worker_${randomUUID().replaceAll('-', '')}`
  await sql`create role ${sql.id(role)}`.execute(db)
  onTestFinished(async () => {
    await sql`drop owned by ${sql.id(role)}`.execute(db)
    await sql`drop role ${sql.id(role)}`.execute(db)
  })
  await sql`grant usage on schema public to ${sql.id(role)}`.execute(db)
  await sql`drop table ${sql.table(partitionOf(4))}`.execute(db)
  const asRole = (run: (tx: Kysely<Database>) => Promise<unknown>) =>
    db.transaction().execute(async (tx) => {
      await sql`set local session authorization ${sql.id(role)}`.execute(tx)
      return run(tx)
    })
  const drop = sql<{ events: number }>`select drop_event_month(${inMonth(3, 1)}) as events`
  await asRole((tx) => sql`select create_event_months(4)`.execute(tx))
  await expect(asRole((tx) => drop.execute(tx))).rejects.toThrow('permission denied for table auth_events')
  await sql`grant delete on auth_events to ${sql.id(role)}`.execute(db)
  expect(await asRole((tx) => drop.execute(tx))).toMatchObject({ rows: [{ events: 0 }] })
})
