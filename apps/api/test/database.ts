import { randomUUID } from 'node:crypto'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, createAdmin, adminSettings } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll, expect } from 'vitest'
import { cheapHashes } from '../src/testing.ts'

export const password = 'TestPass123!'

/**
 * A database of this test file, closed and dropped after it, with a way in that is not the API's.
 */
export async function openDatabase() {
  const database = await createTestDatabase()
  const db = connect({ url: `${database.url}?application_name=observer` })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const settings = readSettings(adminSettings, {})
  const admin = createAdmin({ ...settings, passwords: { ...settings.passwords, ...cheapHashes } }, { db })

  /** Runs `act` while the row of a user is locked; what waits for it goes on when `act` is done. */
  async function whileUserIsLocked<Result>(id: number, act: () => Promise<Result>): Promise<Result> {
    return db.transaction().execute(async (tx) => {
      await tx.selectFrom('users').select('id').where('id', '=', id).forUpdate().execute()
      return act()
    })
  }

  /** Waits until a statement in the database waits for a lock. */
  async function waitForLockWait(): Promise<void> {
    const name = new URL(database.url).pathname.slice(1)
    const activity = db
      .$extendTables<{ pg_stat_activity: { datname: string; wait_event_type: string } }>()
      .selectFrom('pg_stat_activity')
      .select('datname')
      .where('datname', '=', name)
      .where('wait_event_type', '=', 'Lock')
    await expect.poll(() => activity.execute()).not.toEqual([])
  }

  return {
    ...database,
    db,
    whileUserIsLocked,
    waitForLockWait,
    async addUser() {
      const email = `user-${randomUUID()}@example.com`
      const account = { email, password, is_active: true }
      const { id } = await addUser(admin, { client: { ip: null, userAgent: null } }, account)
      return { id, email }
    },
  }
}
