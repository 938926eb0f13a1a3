import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { addEventMonths, pruneEvents } from '../../src/admin/events.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { addAccount, createService, openDatabase } from '../support/harness.ts'

const { db } = await openDatabase()
const isOn = await isCitus(db)
const operator = { client: { ip: null, userAgent: null } }
const service = await createService(db)

/** A time in the month that is so many after the current one. */
function inMonth(months: number, day = 10): Date {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, day))
}

const partitionOf = (months: number) =>
  `auth_events_${inMonth(months).toISOString().slice(0, 7).replace('-', '_')}`

/** The partitions from a month on: which lie with the users, and on how many workers. */
async function listMonths(from: number) {
  const { rows } = await sql<{ name: string; isWithUsers: boolean; workers: number }>`
    select t.table_name::text as name, t.colocation_id = (
        select colocation_id from citus_tables where table_name = 'users'::regclass) as "isWithUsers",
      (select count(distinct (nodename, nodeport)) from citus_shards s where s.table_name = t.table_name) as workers
    from citus_tables t
    where t.table_name::text ~ 'auth_events_\\d' and t.table_name::text >= ${partitionOf(from)} order by 1`.execute(
    db,
  )
  return rows
}

/** Tables of a month on the workers. */
async function countShards(months: number): Promise<number> {
  const count = `select count(*) from pg_class where relname ~ '^${partitionOf(months)}_\\d+$'`
  const { rows } = await sql<{ result: string }>`select result from run_command_on_workers(${count})`.execute(
    db,
  )
  return rows.reduce((total, { result }) => total + Number(result), 0)
}

describe.skipIf(!isOn)('on Citus', () => {
  test('a month is made on the workers and dropped there', async () => {
    const { id } = await addAccount(service)
    const month = partitionOf(4)
    const made = { isWithUsers: true, workers: 2 }
    const months = [3, 4].map((ahead) => ({ name: partitionOf(ahead), ...made }))
    expect(await listMonths(3)).toEqual(months)
    await sql`drop table ${sql.table(month)}`.execute(db)
    expect([await listMonths(4), await countShards(4)]).toEqual([[], 0])

    await addEventMonths({ db }, operator)
    expect(await listMonths(3)).toEqual(months)
    expect(await countShards(4)).toBeGreaterThan(1)
    const events = [3, 4].map((ahead) => ({ kind: 'login' as const, user_id: id, at: inMonth(ahead) }))
    await db.insertInto('auth_events').values(events).execute()
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(month)}`.execute(
      db,
    )
    expect(rows).toEqual([{ count: 1 }])

    const olderThanDays = Math.round((Date.now() - inMonth(4, 5).getTime()) / 86_400_000)
    expect(await pruneEvents({ db }, operator, { olderThanDays })).toBeGreaterThanOrEqual(1)
    expect(await listMonths(3)).toEqual([{ name: month, ...made }])
    expect(await countShards(3)).toBe(0)
    const left = await db.selectFrom('auth_events').select('at').where('user_id', '=', id).execute()
    expect(left).toEqual([{ at: inMonth(4) }])
  })
})
