import { startWire } from '@pockitflyer/postgres/testing'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { findUserByEmail } from '../../src/db/by-engine.ts'
import { openDatabase } from '../support/harness.ts'

const { url, db } = await openDatabase()

const backendPid = sql<{ pid: number }>`select pg_backend_pid() as pid`

test('bigint arrives as a number, or is refused if inexact', async () => {
  const { rows } = await sql<{ id: unknown }>`select 9007199254740991::bigint as id`.execute(db)
  expect(rows).toEqual([{ id: 9007199254740991 }])
  await expect(sql`select 9007199254740992::bigint as id`.execute(db)).rejects.toThrow(RangeError)
})

test('a pool survives the end of its connections, and says so', async () => {
  const broken: Error[] = []
  const own = connect({ url, poolSize: 1, onIdleError: (error) => broken.push(error) })
  const { rows } = await backendPid.execute(own)
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid])
  await admin.end()
  await expect.poll(() => broken.length).toBeGreaterThan(0)
  expect((await sql<{ one: number }>`select 1 as one`.execute(own)).rows).toEqual([{ one: 1 }])
  await own.destroy()
})

test('a database used only by compiled statements closes too', async () => {
  const own = connect({ url: `${url}?application_name=closed`, poolSize: 2 })
  expect(await findUserByEmail(own, 'nobody@example.com')).toBeUndefined()
  await own.destroy()
  const countOpen = async () =>
    (await sql`select from pg_stat_activity where application_name = 'closed'`.execute(db)).rows.length
  await expect.poll(countOpen).toBe(0)
})

test('a pool that nobody listens to survives it too', async () => {
  const own = connect({ url, poolSize: 1 })
  const { rows } = await backendPid.execute(own)
  await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(db)
  await expect.poll(() => sql`select 1`.execute(own).then(() => 'alive', String)).toBe('alive')
  await own.destroy()
})

/** A pool of one connection whose way to PostgreSQL can be damaged. */
async function openWired(queryTimeoutMs = 0) {
  const wire = await startWire(url)
  const own = connect({ url: wire.url, poolSize: 1, queryTimeoutMs })
  onTestFinished(async () => {
    await own.destroy()
    await wire.stop()
  })
  return { wire, own }
}

const selectOne = sql<{ one: number }>`select 1 as one`

test('a cut connection fails its statement, not the process', async () => {
  const { wire, own } = await openWired()
  for (let round = 0; round < 20; round += 1) {
    await own.connection().execute(async (connection) => {
      await selectOne.execute(connection)
      wire.cut()
      await expect(selectOne.execute(connection)).rejects.toBeInstanceOf(Error)
    })
    expect((await selectOne.execute(own)).rows).toEqual([{ one: 1 }])
  }
})

test('a silent connection fails one statement in time', async () => {
  const { wire, own } = await openWired(2000)
  await selectOne.execute(own)
  wire.silence()
  await expect(selectOne.execute(own)).rejects.toThrow('Query read timeout')
  expect((await selectOne.execute(own)).rows).toEqual([{ one: 1 }])
})

test('a connection is kept when a statement fails', async () => {
  const own = connect({ url, poolSize: 1 })
  onTestFinished(() => own.destroy())
  const { rows } = await backendPid.execute(own)
  for (let round = 0; round < 500; round += 1) {
    await expect(sql`select 1 / 0`.execute(own)).rejects.toMatchObject({ code: '22012' })
    expect((await backendPid.execute(own)).rows).toEqual(rows)
  }
})

test('PostgreSQL ends a slow statement, and its connection is kept', async () => {
  const { own } = await openWired(2000)
  const { rows } = await backendPid.execute(own)
  await expect(sql`select pg_sleep(60)`.execute(own)).rejects.toMatchObject({ code: '57014' })
  expect((await backendPid.execute(own)).rows).toEqual(rows)
})

test('without prepared statements the service bounds a statement itself', async () => {
  const own = connect({ url, poolSize: 1, queryTimeoutMs: 500, prepares: false })
  onTestFinished(() => own.destroy())
  const asks = sql`select current_setting('application_name') as name, current_setting('statement_timeout') as timeout,
    current_setting('plan_cache_mode') as plans`
  expect((await asks.execute(own)).rows).toEqual([{ name: '', timeout: '0', plans: 'auto' }])
  await expect(sql`select pg_sleep(60)`.execute(own)).rejects.toThrow('Query read timeout')
  expect((await selectOne.execute(own)).rows).toEqual([{ one: 1 }])
})

test('a password that a URL would cut is refused before sending', () => {
  const open = () => connect({ url: 'postgres://ada:se/same@127.0.0.1/accounts' })
  expect(open).toThrow('has / ? or @ in its user name, password or parameters')
  expect(open).not.toThrow('same')
})
