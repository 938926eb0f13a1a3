import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listEvents } from '../../src/admin/events.ts'
import { deleteOldEvents } from '../../src/db/event-lists.ts'
import { deleteEndedSessions } from '../../src/db/by-engine.ts'
import { findSessionForOperator, listSessionsForOperator } from '../../src/db/session-lists.ts'
import { listHashKinds } from '../../src/db/password-hashes.ts'
import { kindOf } from '../../src/passwords/failure-delay.ts'
import {
  addAccount,
  addAccountWithHash,
  createHashingService,
  djangoPbkdf2,
  openDatabase,
  sessionsOf,
  logIn,
} from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createHashingService(db)

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

interface Times {
  expires_at: Date
  ends_at?: Date
  revoked_at?: Date
  last_used_at?: Date
  adopted_jti?: string
}

async function updateUserAndInsertSessionAndEvents(userId: number, times: Times): Promise<string> {
  const id = randomUUID()
  const because = times.revoked_at === undefined ? {} : { revoked_because: 'user' as const }
  await db
    .insertInto('sessions')
    .values({ id, user_id: userId, ends_at: times.expires_at, ...because, ...times })
    .execute()
  return id
}

test('sessions that were over long ago are deleted, and no others', async () => {
  const { id } = await addAccount(service)
  const over: Times[] = [
    { expires_at: daysAgo(31) },
    { expires_at: daysAgo(31), revoked_at: daysAgo(1) },
    { expires_at: daysAgo(1), revoked_at: daysAgo(31) },
  ]
  const kept: Times[] = [
    { expires_at: daysAgo(29) },
    { expires_at: daysAgo(-1), revoked_at: daysAgo(31) },
    { expires_at: daysAgo(-1) },
    { expires_at: daysAgo(99), adopted_jti: randomUUID() },
  ]
  for (const times of over) await updateUserAndInsertSessionAndEvents(id, times)
  const ids = await Promise.all(kept.map((times) => updateUserAndInsertSessionAndEvents(id, times)))
  const remove = (fromPage: number, toPage: number) =>
    deleteEndedSessions(db, { olderThanDays: 30, fromPage, toPage })
  expect(await remove(1000, 2000)).toBe(0)
  expect(await remove(0, 1000)).toBe(3)
  expect(await remove(0, 1000)).toBe(0)
  expect(new Set((await sessionsOf(db, id)).map((session) => session.id))).toEqual(new Set(ids))
})

const operator = { client: { ip: null, userAgent: null } }

test("an operator sees one user's live sessions, last used first", async () => {
  const { id } = await addAccount(service)
  const { id: otherId } = await addAccount(service)
  const end = daysAgo(-2)
  const older = await updateUserAndInsertSessionAndEvents(id, {
    expires_at: daysAgo(-1),
    last_used_at: daysAgo(2),
  })
  const newer = await updateUserAndInsertSessionAndEvents(id, {
    expires_at: daysAgo(-3),
    ends_at: end,
    last_used_at: daysAgo(1),
  })
  const ended = await updateUserAndInsertSessionAndEvents(id, {
    expires_at: daysAgo(-1),
    revoked_at: daysAgo(1),
  })
  await updateUserAndInsertSessionAndEvents(otherId, { expires_at: daysAgo(-1) })
  const records = await listSessionsForOperator(db, { userId: id })
  expect(records.map((record) => record.id)).toEqual([newer, older])
  expect(records[0]).toMatchObject({ userId: id, expiresAt: end, reusedAt: null })
  expect(await findSessionForOperator(db, older)).toEqual(records[1])
  expect(await findSessionForOperator(db, ended)).toBe(undefined)
})

/** Events of a user that were recorded so many days ago, in this order. */
async function insertEvents(userId: number, ages: number[]): Promise<number[]> {
  const ids: number[] = []
  for (const age of ages) {
    const { id } = await db
      .insertInto('auth_events')
      .values({ kind: 'login', user_id: userId, at: daysAgo(age) })
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.push(id)
  }
  return ids
}

test('events older than given days are deleted, the oldest first', async () => {
  const { id } = await addAccount(service)
  const [first, , third] = await insertEvents(id, [31, 40, 29, 32])
  const remove = () => deleteOldEvents(db, 'auth_events', { olderThanDays: 30, limit: 2 })
  const left = async () => {
    const events = await listEvents({ db }, operator, { userId: id, kinds: ['login'], limit: 10 })
    return events.map((event) => event.id)
  }
  expect(await remove()).toBe(2)
  expect(await left()).toEqual([first, third])
  expect(await remove()).toBe(1)
  expect(await remove()).toBe(0)
  expect(await left()).toEqual([third])
})

test('events are listed by time, filtered by user, kind and time', async () => {
  const { id, email } = await logIn(service)
  const other = await logIn(service)
  const [old = 0, young = 0] = await insertEvents(id, [10, 1])
  const all = await listEvents({ db }, operator, { userId: id, limit: 100 })
  expect(all.map(({ kind }) => kind)).toEqual(['login', 'login', 'user_added', 'login'])
  expect(all[3]).toMatchObject({ userId: id, email, ip: '203.0.113.7', userAgent: 'a test' })
  const idsOf = async (filter: object) =>
    (await listEvents({ db }, operator, { limit: 2, userId: id, ...filter })).map((event) => event.id)
  expect(await idsOf({})).toEqual([old, young])
  expect(await idsOf({ after: all[0]?.position, limit: 1 })).toEqual([young])
  expect(await idsOf({ limit: 1 })).toEqual([old])
  expect(await idsOf({ since: daysAgo(2), limit: 1 })).toEqual([young])
  expect(await idsOf({ kinds: ['logout'] })).toEqual([])
  expect(await idsOf({ kinds: ['login', 'logout'] })).toEqual([old, young])
  expect(await idsOf({ userId: other.id, kinds: ['logout'] })).toEqual([])
  expect(await idsOf({ userId: undefined, since: daysAgo(11), limit: 1 })).toEqual([old])
})

test('hashes are counted by their kind, unusable ones not', async () => {
  const scrypt = 'scrypt$16384$salt$8$1$digest'
  const bcrypt = 'bcrypt_sha256$$2b$12$saltAndDigest'
  for (const hash of [djangoPbkdf2('one', 1000), djangoPbkdf2('another', 1000), '!unusable', scrypt, bcrypt])
    await addAccountWithHash(db, hash)
  const kinds = new Map((await listHashKinds(db)).map(({ kind, accounts }) => [kind, accounts]))
  expect([...kinds.keys()].toSorted()).toEqual([
    '$argon2id$v=19$m=19456,t=2,p=1',
    kindOf(bcrypt),
    'pbkdf2_sha256$1000',
    kindOf(scrypt),
  ])
  expect(kinds.get('pbkdf2_sha256$1000')).toBe(2)
})
