import { connect } from '@pockitflyer/auth'
import { getLeadership, importUsers, LeaderError, setLeader } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  applyChanges,
  connectSource,
  type FollowedSource,
  mapping,
  openPostgresSource,
  startFollowing,
} from '../src/index.ts'
import { createDjango, type DjangoDatabase } from './support/django-database.ts'

const operator = { client: { ip: null, userAgent: 'test' } }
const passwords = { memoryKib: 19456, timeCost: 2, parallelism: 1 }

describe.each([
  { feed: 'triggers', poll: false },
  { feed: 'comparisons', poll: true },
])('by $feed', ({ poll }) => {
  let django: DjangoDatabase
  let here: { url: string; drop: () => Promise<void> }
  let db: ReturnType<typeof connect>
  let reader: ReturnType<typeof connectSource>
  let source: FollowedSource
  beforeAll(async () => {
    django = await createDjango('service-5.2')
    here = await createTestDatabase()
    db = connect({ url: here.url })
    reader = connectSource(django.url)
    source = await openPostgresSource(reader, { url: django.url, mapping: mapping.parse({}), poll })
    await django.run(`
      insert into auth_group (name) values ('editors');
      insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
      select n, 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99', false, 'user-' || n || '@example.com', true, false, '2020-01-01'
      from generate_series(1, 20) as n;
      insert into users_profile (display_name, bio, user_id) select 'User ' || id, '', id from users_customuser`)
    await start()
  })
  afterAll(async () => {
    await reader.destroy()
    await db.destroy()
    await django.close()
    await here.drop()
  })

  const start = () =>
    startFollowing({ db }, operator, {
      source,
      mapping: mapping.parse({}),
      passwords,
      onProgress: () => {},
    })

  const drain = async (from: FollowedSource = source) => {
    while ((await applyChanges({ db }, operator, from)) > 0);
  }

  async function readHere(id: number) {
    const { rows } = await sql`
      select email, password_hash, is_active, roles, display_name from users left join profiles on user_id = id
      where id = ${id}`.execute(db)
    return rows[0]
  }

  test('what changes in Django changes here', async () => {
    await django.run(`
      update users_customuser set email = 'Ada@Example.com', password = 'md5$salt$00000000000000000000000000000000' where id = 1;
      update users_profile set display_name = 'Ada' where user_id = 1;
      insert into users_customuser_groups (customuser_id, group_id) select 1, id from auth_group;
      insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
      values (100, '!', false, 'new@example.com', true, true, now())`)
    await drain()
    expect(await readHere(1)).toEqual({
      email: 'Ada@Example.com',
      password_hash: 'md5$salt$00000000000000000000000000000000',
      is_active: true,
      roles: ['group:editors'],
      display_name: 'Ada',
    })
    expect(await readHere(100)).toMatchObject({ email: 'new@example.com', roles: ['staff'] })
    await django.run(`update auth_group set name = 'writers'`)
    await drain()
    expect(await readHere(1)).toMatchObject({ roles: ['group:writers'] })
  })

  async function startSession(userId: number, id: string): Promise<void> {
    await sql`
      insert into sessions (id, user_id, expires_at, ends_at)
      values (${id}, ${userId}, now() + interval '1 day', now() + interval '1 day')`.execute(db)
  }

  const liveSessions = async (userId: number) => {
    const { rows } = await sql<{ id: string }>`
      select id from sessions where user_id = ${userId} and revoked_at is null`.execute(db)
    return rows.map(({ id }) => id)
  }

  test('a user whom Django deactivates or deletes loses all sessions', async () => {
    await startSession(2, '00000000-0000-4000-8000-000000000002')
    await startSession(3, '00000000-0000-4000-8000-000000000003')
    await django.run(`
      update users_customuser set is_active = false where id = 2;
      delete from users_profile where user_id = 3; delete from users_customuser where id = 3`)
    await drain()
    expect([await liveSessions(2), await liveSessions(3)]).toEqual([[], []])
    expect(await readHere(2)).toMatchObject({ is_active: false })
    expect(await readHere(3)).toBeUndefined()
    const { rows } = await sql`select kind from auth_events where user_id = 3`.execute(db)
    expect(rows).toEqual([{ kind: 'user_deleted' }])
  })

  test('a token that Django blacklists ends its session here', async () => {
    const [ended, other] = ['00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000014']
    await startSession(4, ended)
    await startSession(4, other)
    const payload = Buffer.from(JSON.stringify({ user_id: 4, sid: ended })).toString('base64url')
    await django.run(`
      insert into token_blacklist_outstandingtoken (jti, token, created_at, expires_at)
      values ('one', 'e30.${payload}.mac', now(), now() + interval '1 day');
      insert into token_blacklist_blacklistedtoken (token_id, blacklisted_at)
      select id, now() from token_blacklist_outstandingtoken`)
    await drain()
    expect(await liveSessions(4)).toEqual([other])
  })

  test('a kill between any two steps loses and repeats nothing', async () => {
    for (const step of ['readUsers', 'delete'] as const) {
      await django.run(
        `update users_customuser set is_staff = not is_staff, email = '${step}@example.com' where id = 5`,
      )
      const killed = async () => {
        throw new Error('killed')
      }
      await expect(drain({ ...source, feed: { ...source.feed, [step]: killed } })).rejects.toThrow('killed')
      await drain()
      expect(await readHere(5)).toMatchObject({ email: `${step}@example.com` })
      expect(await applyChanges({ db }, operator, source)).toBe(0)
    }
  })

  test('a change that commits late is applied all the same', async () => {
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
    const { promise: hasWritten, resolve: wrote } = Promise.withResolvers<void>()
    const late = django.db.transaction().execute(async (tx) => {
      await sql`update users_customuser set email = 'late@example.com' where id = 6`.execute(tx)
      wrote()
      await mayCommit
    })
    await hasWritten
    await django.run(`update users_customuser set email = 'early@example.com' where id = 7`)
    await drain()
    expect(await readHere(7)).toMatchObject({ email: 'early@example.com' })
    commit()
    await late
    await drain()
    expect(await readHere(6)).toMatchObject({ email: 'late@example.com' })
  })

  test('a start brings changes and deletions from before the feed', async () => {
    expect(await source.feed.remove()).toBe(!poll)
    expect(await source.feed.remove()).toBe(false)
    await django.run(`
      update users_customuser set email = 'unseen@example.com' where id = 8;
      delete from users_profile where user_id = 9; delete from users_customuser where id = 9`)
    expect(await start()).toMatchObject({ inserted: 0, updated: 1, deleted: 1 })
    expect(await start()).toMatchObject({ inserted: 0, updated: 0, deleted: 0 })
    expect(await readHere(8)).toMatchObject({ email: 'unseen@example.com' })
    expect(await readHere(9)).toBeUndefined()
  })

  test('Django leads while it is followed, and no more after a switch', async () => {
    expect(await getLeadership({ db })).toMatchObject({ leader: 'django', isBesideDjango: true })
    await setLeader({ db }, 'accounts')
    await django.run(`update users_customuser set email = 'too-late@example.com' where id = 10`)
    for (const contradiction of [
      () => drain(),
      () => start(),
      () => importUsers({ db }, operator, { users: [] }),
    ])
      await expect(contradiction()).rejects.toThrow(LeaderError)
    expect(await readHere(10)).toMatchObject({ email: 'user-10@example.com' })
    await setLeader({ db }, 'django')
    await drain()
    expect(await readHere(10)).toMatchObject({ email: 'too-late@example.com' })
  })
})
