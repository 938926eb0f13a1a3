import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import type { Database } from '../../src/db/database.ts'
import {
  addAccount,
  createService,
  openDatabase,
  password,
  sessionOf,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { times } from '../support/times.ts'

const { url, db } = await openDatabase()

/** One connection, so that PostgreSQL's counts are those of the requests and of nothing else. */
async function openOneConnection() {
  const one = connect({ url, poolSize: 1 })
  return { one, service: await createService(one), [Symbol.asyncDispose]: () => one.destroy() }
}

interface SessionsStatistics {
  updates: number
  /** Updates that wrote no index entry (heap-only tuples). */
  hotUpdates: number
  tableBytes: number
  indexBytes: number
}

/** What PostgreSQL has counted and stored for the table of sessions. */
async function readStatistics(one: Kysely<Database>): Promise<SessionsStatistics> {
  await sql`select pg_stat_force_next_flush()`.execute(one)
  const { rows } = await sql<SessionsStatistics>`
    select n_tup_upd as updates, n_tup_hot_upd as "hotUpdates",
      pg_table_size(relid) as "tableBytes", pg_indexes_size(relid) as "indexBytes"
    from pg_stat_user_tables where relname = 'sessions'`.execute(one)
  const [statistics] = rows
  if (statistics === undefined) throw new Error('there is no table of sessions')
  return statistics
}

test('refreshes of a session leave one row, no event, no growth', async ({ annotate }) => {
  const refreshes = 125 * times
  await using connection = await openOneConnection()
  const { one, service } = connection
  const { id, ...session } = await logIn(service)
  const before = await readStatistics(one)
  let { refresh } = session
  for (let count = 0; count < refreshes; count += 1) {
    const { status, body } = await service.refresh(refresh)
    expect(status).toBe(200)
    refresh = body.refresh
  }
  const after = await readStatistics(one)
  const updates = after.updates - before.updates
  const hotUpdates = after.hotUpdates - before.hotUpdates
  await annotate(
    `${hotUpdates} of ${updates} updates were heap-only; table ${before.tableBytes} to ${after.tableBytes} bytes, indexes ${before.indexBytes} to ${after.indexBytes}`,
  )
  expect(await sessionOf(db, id)).toMatchObject({ generation: refreshes })
  expect(await countEvents(id)).toBe(2)
  expect(updates).toBe(refreshes)
  expect(hotUpdates / updates).toBeGreaterThanOrEqual(0.95)
  expect(after.tableBytes).toBeLessThanOrEqual(before.tableBytes + 64 * 1024)
  expect(after.indexBytes).toBeLessThanOrEqual(before.indexBytes + 16 * 1024)
})

test('20 sessions of a user stay 20 rows after many refreshes', async () => {
  const rounds = 7 * times
  await using connection = await openOneConnection()
  const { one, service } = connection
  const { id, email } = await addAccount(service)
  const tokens: string[] = []
  for (let count = 0; count < 20; count += 1) {
    tokens.push((await service.login(email, password)).body.refresh)
  }
  const before = await readStatistics(one)
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, token] of tokens.entries()) tokens[index] = (await service.refresh(token)).body.refresh
  }
  const after = await readStatistics(one)
  const sessions = await sessionsOf(db, id)
  expect(sessions.map(({ generation }) => generation)).toEqual(tokens.map(() => rounds))
  expect((after.hotUpdates - before.hotUpdates) / (after.updates - before.updates)).toBeGreaterThanOrEqual(
    0.95,
  )
})

async function countEvents(userId: number): Promise<number> {
  const events = await db.selectFrom('auth_events').select('id').where('user_id', '=', userId).execute()
  return events.length
}

/**
 * Transactions of this database that PostgreSQL has counted. Each statement outside a block is one.
 */
async function countTransactions(one: Kysely<Database>): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(one)
  const { rows } = await sql<{ count: number }>`
    select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`.execute(
    one,
  )
  return rows[0]?.count ?? Number.NaN
}

test('a login is two transactions, a refresh one, me one', async () => {
  await using connection = await openOneConnection()
  const { one, service } = connection
  const { email, access, refresh: first } = await logIn(service)
  const { refresh: second } = (await service.refresh(first)).body
  let refresh = second
  const countOnce = async (act: () => Promise<unknown>) => {
    const before = await countTransactions(one)
    await act()
    return (await countTransactions(one)) - before
  }
  // Autovacuum counts too, when it passes: the least of three is the request's own.
  const cost = async (act: () => Promise<unknown>) =>
    Math.min(await countOnce(act), await countOnce(act), await countOnce(act))
  const counting = await cost(() => Promise.resolve())
  const costs = {
    login: await cost(() => service.login(email, password)),
    retry: await cost(() => service.refresh(first)),
    refresh: await cost(async () => {
      refresh = (await service.refresh(refresh)).body.refresh
    }),
    me: await cost(() => service.me(access)),
  }
  expect(costs).toEqual({ login: counting + 2, refresh: counting + 1, retry: counting + 1, me: counting + 1 })
})
