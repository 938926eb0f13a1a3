import { randomUUID } from 'node:crypto'
import { severalHosts, startReplication } from '@pockitflyer/postgres/replication'
import { type Kysely, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { getUserIdState } from '../../src/db/new-users.ts'
import { addAccount, createService, openDatabase, password } from '../support/harness.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'

const { db } = await openDatabase()

async function register(at: Kysely<Database>, env: Record<string, string> = {}): Promise<number> {
  const service = await createService(at, env)
  const { status, body } = await service.post('register/', { email: `${randomUUID()}@example.com`, password })
  expect(status).toBe(201)
  return body.user.id
}

/** Says that ids were drawn elsewhere last, as a restored dump does. */
const pretendElsewhere = (at: Kysely<Database>) => sql`update user_id_origin set origin = '1/1'`.execute(at)

test('where nothing happened ids follow one another', async () => {
  const first = await register(db)
  expect(await register(db)).toBe(first + 1)
  expect((await addAccount(await createService(db))).id).toBe(first + 2)
})

test('on another server the next id is beyond the gap, once', async () => {
  const before = await register(db)
  await pretendElsewhere(db)
  expect(await register(db, { USER_ID_GAP: '500' })).toBe(before + 501)
  expect(await register(db)).toBe(before + 502)
  await pretendElsewhere(db)
  expect((await addAccount(await createService(db))).id).toBe(before + 502 + 100_001)
})

test('a restore without the sequence leaves a gap after the users', async () => {
  const before = await register(db)
  await sql`select setval('users_id_seq', 1)`.execute(db)
  await sql`delete from user_id_origin`.execute(db)
  expect(await register(db)).toBe(before + 100_001)
})

test('registrations at once after a failover move the sequence once', async () => {
  const before = await register(db)
  await pretendElsewhere(db)
  const ids = await Promise.all(Array.from({ length: 8 }, () => register(db)))
  expect(new Set(ids).size).toBe(8)
  expect(Math.min(...ids)).toBeGreaterThan(before + 100_000)
  expect(Math.max(...ids)).toBeLessThan(before + 100_100)
})

test("a role blind to PostgreSQL's position still registers users", async () => {
  const scratch = await openScratchDatabase()
  await sql`revoke execute on function pg_control_system() from public`.execute(scratch.db)
  const role = `service_${randomUUID()}`
  await sql`create role ${sql.id(role)} login password 'a password of the test'`.execute(scratch.db)
  await sql`grant all on schema public to ${sql.id(role)}`.execute(scratch.db)
  await sql`drop schema if exists graphile_worker cascade`.execute(scratch.db)
  const { pathname } = new URL(scratch.url)
  await sql`grant create on database ${sql.id(pathname.slice(1))} to ${sql.id(role)}`.execute(scratch.db)
  const url = Object.assign(new URL(scratch.url), { username: role, password: 'a password of the test' })
  const limited = connect({ url: url.href })
  onTestFinished(async () => {
    await limited.destroy()
    await sql`drop owned by ${sql.id(role)}`.execute(scratch.db)
    await sql`drop role ${sql.id(role)}`.execute(scratch.db)
  })
  await migrateToLatest(limited)
  const first = await register(limited)
  expect(await register(limited)).toBe(first + 1)
  expect(await getUserIdState(limited)).toEqual({ last: first + 1, isOriginKnown: false })
  expect(await getUserIdState(scratch.db)).toEqual({ last: first + 1, isOriginKnown: true })
})

test('after failovers that lost registrations no id is given out twice', { timeout: 120_000 }, async () => {
  const migrate = async (url: string) => {
    const migrating = connect({ url })
    await migrateToLatest(migrating).finally(() => migrating.destroy())
  }
  const { primary, standby, stop } = await startReplication({ prepare: migrate })
  onTestFinished(stop)
  const given: number[] = []
  const registerAt = async (url: string) => {
    const at = connect({ url })
    const ids = await Promise.all([register(at), register(at), register(at)]).finally(() => at.destroy())
    given.push(...ids)
  }
  await registerAt(primary.url)
  await standby.catchUp(primary)
  await standby.stopReceiver()
  await registerAt(primary.url)
  await primary.kill()
  await standby.promote()
  await registerAt(standby.url)
  const third = await standby.addStandby()
  onTestFinished(() => third.remove())
  await third.stopReceiver()
  await registerAt(standby.url)
  await standby.kill()
  await third.promote()
  await registerAt(severalHosts(third))
  expect(given).toHaveLength(15)
  expect(new Set(given).size).toBe(given.length)
})
