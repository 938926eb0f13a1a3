import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { findPendingMigrations } from '../../src/db/postgres/migrate.ts'
import { migrations } from '../../src/db/migrations/index.ts'
import { createService, djangoPbkdf2, password, sessionsOf } from '../support/harness.ts'
import { signJwt } from '../support/jwt.ts'
import { createPreviousVersion, previousMigration } from '../support/previous-version.ts'

/** A database in the shape that the version before knew, with one user. */
async function openPreviousDatabase() {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  onTestFinished(async () => {
    await db.destroy()
    await database.drop()
  })
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateTo(previousMigration)
  expect(error).toBe(undefined)
  const email = 'ada@example.com'
  const previous = createPreviousVersion(database.url)
  onTestFinished(() => previous.stop())
  return { db, email, previous, userId: await previous.register(email) }
}

const refreshToken = (userId: number, sid: string, gen: number) => {
  const now = Math.floor(Date.now() / 1000)
  const jti = `${sid}.${gen}`
  return signJwt({
    token_type: 'refresh',
    exp: now + 3600,
    iat: now,
    jti,
    user_id: userId,
    email: '',
    sid,
    gen,
  })
}

test('the previous version serves during the migration and after', async () => {
  const { db, email, previous, userId } = await openPreviousDatabase()
  let rounds = 0
  let registrations = 0
  const register = async () => {
    while (!stop.signal.aborted) {
      const email = `Eve-${registrations}@Example.com`
      await previous.register(email, djangoPbkdf2(password))
      await previous.login(email)
      registrations += 1
    }
  }
  const stop = new AbortController()
  const serve = async () => {
    while (!stop.signal.aborted) {
      const sid = await previous.login(email)
      for (const generation of [0, 1, 2]) await previous.refresh(sid, userId, generation)
      await previous.me(sid, userId)
      if (rounds % 2 === 0) await previous.logout(sid, userId)
      rounds += 1
    }
  }
  const servers = Promise.all([serve(), serve(), serve(), register()])
  const roundsMore = async (more: number) => {
    const target = rounds + more
    await Promise.race([servers, vi.waitUntil(() => rounds >= target, { timeout: 30_000, interval: 5 })])
  }
  await roundsMore(20)
  expect(await migrateToLatest(db)).toEqual(
    Object.keys(migrations).filter((name) => name > previousMigration),
  )
  await roundsMore(20)
  stop.abort()
  await servers

  const service = await createService(db, { REFRESH_REUSE_GRACE: '0s' })
  expect(registrations).toBeGreaterThan(10)
  for (const at of [0, registrations - 1]) {
    expect((await service.login(`eve-${at}@example.com`, password)).status).toBe(200)
  }
  const late = await previous.register('Late@Example.com', djangoPbkdf2(password))
  const taken = { email: 'late@example.com', password: 'another password' }
  expect((await service.post('register/', taken)).status).toBe(400)
  expect((await service.login('LATE@example.com', password)).body.user.id).toBe(late)
  await previous.login('late@example.com')
  const live = (await sessionsOf(db, userId)).filter(({ revoked_at }) => revoked_at === null)
  expect(live.length).toBeGreaterThan(10)
  for (const { id } of live.slice(0, 10)) {
    expect((await service.refresh(refreshToken(userId, id, 3))).status).toBe(200)
    expect((await service.refresh(refreshToken(userId, id, 3))).status, 'reused, leniently').toBe(200)
    await previous.refresh(id, userId, 4)
    expect((await service.refresh(refreshToken(userId, id, 5))).status).toBe(200)
  }
})

test('a migration gives up behind a long transaction instead of blocking', async () => {
  const { db, email, previous } = await openPreviousDatabase()
  await db.transaction().execute(async (report) => {
    await sql`select count(*) from sessions`.execute(report)
    await expect(migrateToLatest(db, { lockTimeoutMs: 50 })).rejects.toMatchObject({
      message: 'A migration failed; nothing of it was kept.',
      cause: { message: 'canceling statement due to lock timeout' },
    })
    await previous.login(email)
  })
  expect(await migrateToLatest(db)).not.toEqual([])
  expect(await findPendingMigrations(db)).toEqual([])
})
