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
import { createRandom, ignoreTaken, randomChangeInDjango } from './random-changes.ts'

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
        await django.run(randomChangeInDjango(random)).catch(ignoreTaken)
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
