import { randomUUID } from 'node:crypto'
import { startReplication } from '@pockitflyer/postgres/replication'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import {
  createService,
  password,
  type Service,
  sessionOf,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'
import { djangoClaims, signJwt } from '../support/jwt.ts'

const { primary, standby, stop } = await startReplication({ synchronous: true, prepare: migrate })
const db = connect({ url: primary.url, poolSize: 20 })
afterAll(async () => {
  standby.thaw()
  await db.destroy()
  await stop()
})

const lenient = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
const operator = { client: { ip: null, userAgent: 'an operator' } }

async function migrate(url: string): Promise<void> {
  const empty = connect({ url })
  await migrateToLatest(empty)
  await empty.destroy()
}

type User = Awaited<ReturnType<typeof logIn>>

/**
 * Acts while the standby is frozen. Tells whether the answer came, or its commit waits for the
 * standby.
 */
async function actWithoutStandby(act: () => Promise<unknown>): Promise<'answered' | 'waits'> {
  await standby.freeze()
  const answer = act().then(() => 'answered' as const)
  const waits = () => vi.waitUntil(isWaiting, { timeout: 60_000, interval: 20 }).then(() => 'waits' as const)
  try {
    return await Promise.race([answer, waits()])
  } finally {
    standby.thaw()
    await answer
  }
}

async function isWaiting(): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where wait_event = 'SyncRep'`.execute(db)
  return rows.length > 0
}

const bearer = (service: Service, { access }: User, path: string, body: unknown = {}) =>
  service.post(path, body, { token: access })

const unawaited: [string, (user: User) => Promise<unknown>][] = [
  ['a rotation', ({ refresh }) => strict.refresh(refresh)],
  ['a refresh without rotation', ({ refresh }) => still.refresh(refresh)],
  [
    'a rotation, its retry and the first calls with the new pair',
    async ({ refresh }) => {
      const { body } = await strict.refresh(refresh)
      await strict.refresh(refresh)
      await strict.me(body.access)
      await strict.refresh(body.refresh)
    },
  ],
  [
    '20 refreshes of one token',
    ({ refresh }) => Promise.all(Array.from({ length: 20 }, () => strict.refresh(refresh))),
  ],
  ['me', ({ access }) => strict.me(access)],
]

test.each(unawaited)('%s is answered while the standby is away', async (_, act) => {
  const user = await logIn(strict)
  expect(await actWithoutStandby(() => act(user))).toBe('answered')
})

const awaited: [string, (user: User) => Promise<unknown>][] = [
  ['a login', ({ email }) => strict.login(email, password)],
  ['a registration', () => strict.post('register/', { email: `${randomUUID()}@example.com`, password })],
  ['a logout', ({ refresh }) => strict.logout(refresh)],
  ['the end of a session', (user) => bearer(strict, user, 'sessions/end-all/')],
  ['the end of the others', (user) => bearer(strict, user, 'sessions/end-others/')],
  [
    'another password',
    (user) =>
      bearer(strict, user, 'password/change/', {
        current_password: password,
        new_password: 'AnotherPass456!',
      }),
  ],
  [
    'a password that an operator sets',
    ({ id }) => setPassword(strict.auth, operator, { userId: id, password }),
  ],
  ['a deactivation', ({ id }) => setActive(strict.auth, operator, { userId: id, isActive: false })],
  ['an adoption', ({ id }) => strict.refresh(signJwt(djangoClaims('refresh', id)))],
]

test.each(awaited)('%s waits for the standby', async (_, act) => {
  const user = await logIn(strict)
  expect(await actWithoutStandby(() => act(user))).toBe('waits')
})

test('the end of a session by a reuse waits for the standby', async () => {
  const { refresh } = await logIn(strict)
  const second = (await strict.refresh(refresh)).body
  await strict.refresh(second.refresh)
  expect(await actWithoutStandby(() => strict.refresh(refresh))).toBe('waits')
  expect((await strict.refresh(second.refresh)).status).toBe(401)
})

test('a change that also notes a delivery waits for the standby', async () => {
  const user = await logIn(strict)
  const { access } = (await strict.refresh(user.refresh)).body
  const change = async () => {
    // While the session is locked, the look before the change cannot note the delivery: the change
    // does.
    const { changed } = await db.transaction().execute(async (tx) => {
      await sql`set local synchronous_commit = local`.execute(tx)
      await sql`select from sessions where user_id = ${user.id} for update`.execute(tx)
      const changed = bearer(strict, { ...user, access }, 'sessions/end-others/')
      await waitForLockWaits(db, 1)
      return { changed }
    })
    await changed
  }
  expect(await actWithoutStandby(change)).toBe('waits')
  expect(await sessionOf(db, user.id)).toMatchObject({ delivered_generation: 1 })
})

test('a recovery, which is also a rotation, waits for the standby', async () => {
  const { id, refresh } = await logIn(lenient)
  const second = (await lenient.refresh((await lenient.refresh(refresh)).body.refresh)).body
  await sql`update sessions set generation = 0 where user_id = ${id}`.execute(db)
  expect(await actWithoutStandby(() => lenient.refresh(second.refresh))).toBe('waits')
  expect(await sessionOf(db, id)).toMatchObject({ generation: 3 })
})

test('a refresh does not make an asynchronous server wait for disk', async () => {
  const hasty = connect({
    url: `${primary.url}?options=-c%20synchronous_commit%3Doff`,
    prepares: false,
    poolSize: 1,
  })
  const { refresh } = await logIn(strict)
  const levels: unknown[] = []
  const watched = hasty.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      levels.push(...result.rows.map(({ commit }) => commit))
      return result
    },
  })
  expect((await (await createService(watched)).refresh(refresh)).status).toBe(200)
  expect(levels).toEqual([null])
  await hasty.destroy()
})
