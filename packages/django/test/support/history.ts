import { connect } from '@pockitflyer/auth'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import {
  applyChanges,
  compareSource,
  type Comparison,
  connectSource,
  type FollowedSource,
  mapping,
  openPostgresSource,
  startFollowing,
} from '../../src/index.ts'
import { createDjango } from './django-database.ts'

const operator = { client: { ip: null, userAgent: 'test' } }

/** A Django that is followed, and what happens to it. */
export interface Histories {
  /** Changes users at random, kills the follower at random, and compares both sides. */
  run: (seed: number) => Promise<Comparison>
  close: () => Promise<void>
}

/** Creates a Django with some users, and a service that follows it. */
export async function openHistories({ poll }: { poll: boolean }): Promise<Histories> {
  const django = await createDjango('service-5.2')
  const here = await createTestDatabase()
  const db = connect({ url: here.url, poolSize: 3 })
  const reader = connectSource(django.url)
  const source = await openPostgresSource(reader, { url: django.url, mapping: mapping.parse({}), poll })
  await django.run(`
    insert into auth_group (name) values ('editors'), ('writers');
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    select '!', false, 'user-' || n || '@example.com', true, false, '2020-01-01' from generate_series(1, 8) as n`)
  await startFollowing({ db }, operator, {
    source,
    mapping: mapping.parse({}),
    passwords: { memoryKib: 19456, timeCost: 2, parallelism: 1 },
    onProgress: () => {},
  })
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
  const killConnections = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${rows[0]?.name}`.execute(
      reader,
    )

  async function applyOnce(random: () => number): Promise<void> {
    const kill = random()
    const killed = killSteps(source, kill < 0.4 ? random : () => 1)
    await Promise.allSettled([
      applyChanges({ db }, operator, killed),
      kill > 0.85 ? new Promise(setImmediate).then(killConnections) : undefined,
    ])
  }

  return {
    async run(seed) {
      const random = createRandom(seed)
      for (let step = 0; step < 12; step += 1) {
        await django.run(randomChange(random)).catch(ignoreTaken)
        if (random() < 0.4) await applyOnce(random)
      }
      await drain(() => applyChanges({ db }, operator, source))
      const compare = () => compareSource({ db }, operator, source)
      return compare().catch(compare) // The pool may hold a connection that was killed.
    },
    async close() {
      await reader.destroy()
      await db.destroy()
      await django.close()
      await here.drop()
    },
  }
}

/** A connection that was killed fails once more at its next use. */
async function drain(apply: () => Promise<number>): Promise<void> {
  for (let failures = 0; ; ) {
    try {
      if ((await apply()) === 0) return
    } catch (error) {
      failures += 1
      if (failures > 5) throw error
    }
  }
}

/** Throws before some steps, as if the process ended there. */
function killSteps(source: FollowedSource, random: () => number): FollowedSource {
  const mayDie =
    <Args extends unknown[], Result>(step: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      if (random() < 0.5) throw new Error('killed')
      return step(...args)
    }
  const { feed } = source
  return { ...source, feed: { ...feed, readUsers: mayDie(feed.readUsers), delete: mayDie(feed.delete) } }
}

function randomChange(random: () => number): string {
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0]
  const name = `user-${Math.floor(random() * 9)}`
  const email = pick([`${name}@example.com`, `${name.toUpperCase()}@example.com`, `${name}@Example.com`])
  const user = `(select id from users_customuser order by id
    offset (select floor(${random()} * count(*)) from users_customuser) limit 1)`
  return pick([
    `update users_customuser set password = 'md5$salt$' || md5(random()::text) where id = ${user}`,
    `update users_customuser set email = '${email}' where id = ${user}`,
    `update users_customuser set is_active = not is_active, is_staff = random() < 0.5 where id = ${user}`,
    `update users_customuser set last_login = now() where id = ${user}`,
    `insert into users_profile (display_name, bio, user_id) values ('Name', md5(random()::text), ${user})
       on conflict (user_id) do update set bio = excluded.bio`,
    `insert into users_customuser_groups (customuser_id, group_id) select ${user}, id from auth_group limit 1 on conflict do nothing`,
    'delete from users_customuser_groups',
    `with added as (
       insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
       values ('!', false, '${email}', true, false, now()) returning id)
     insert into users_profile (display_name, bio, user_id) select 'New', '', id from added`,
    `do $$ declare gone bigint := ${user}; begin
       delete from users_customuser_groups where customuser_id = gone;
       delete from users_profile where user_id = gone;
       delete from users_customuser where id = gone;
     end $$`,
  ])
}

/** Two users may ask for one email, and a change may find no user. */
function ignoreTaken(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && ['23505', '23502'].includes(String(error.code))))
    throw error
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
