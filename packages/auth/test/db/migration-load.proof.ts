import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { createPreviousVersion } from '../support/previous-version.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'

/** Sessions, and twice as many events; ten million are a table that production may have. */
const rows = Number(process.env['MIGRATION_ROWS'] ?? 50_000)

/** The longest that a request may wait for the migration, in milliseconds. */
const waitMaxMs = 1500

test('a large migration under load holds no request up for long', { timeout: 3_600_000 }, async ({
  annotate,
}) => {
  const { db, url } = await openScratchDatabase({ migratedTo: '2026-11-27-registrations' })
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const email = 'ada@example.com'
  const userId = await previous.register(email)
  await sql`
      insert into users (email, password_hash, email_is_folded)
      select n || '@example.com', '!', true from generate_series(1, ${rows / 10}::int) n`.execute(db)
  await sql`
      insert into sessions (id, user_id, expires_at, ends_at)
      select gen_random_uuid(), ${userId} + 1 + n % ${rows / 10}::int, now() + interval '1 day', now() + interval '9 days'
      from generate_series(1, ${rows}::int) n`.execute(db)
  await sql`
      insert into auth_events (kind, user_id, at)
      select 'login', case when n % 10 > 0 then ${userId} + 1 + n % ${rows / 10}::int end, now() - n * interval '1 second'
      from generate_series(1, ${rows * 2}::int) n`.execute(db)
  await sql`vacuum analyze`.execute(db)

  const waits: number[] = []
  const stop = new AbortController()
  const timed = async <Result>(act: Promise<Result>): Promise<Result> => {
    const startedAt = performance.now()
    const result = await act
    waits.push(performance.now() - startedAt)
    return result
  }
  const serve = async () => {
    while (!stop.signal.aborted) {
      const sid = await timed(previous.login(email))
      await timed(previous.refresh(sid, userId, 0))
      await timed(previous.me(sid, userId))
      await timed(previous.logout(sid, userId))
      await pause(2)
    }
  }
  const untilMeasured = () => vi.waitUntil(() => waits.length > 200, { timeout: 60_000, interval: 20 })
  const served = Promise.all(Array.from({ length: 4 }, serve))
  await Promise.race([served, untilMeasured()])
  const before = Math.max(...waits.splice(0))
  const startedAt = performance.now()
  const steps: string[] = []
  const report = (step: string) => {
    if (!step.includes(' page '))
      steps.push(`${((performance.now() - startedAt) / 1000).toFixed(1)} s ${step}`)
  }
  await Promise.race([served, migrateToLatest(db, { report })])
  const seconds = (performance.now() - startedAt) / 1000
  const [calls, longest] = [waits.length, Math.max(...waits.splice(0))]
  await Promise.race([served, untilMeasured()])
  stop.abort()
  await served
  await annotate(
    `${rows} sessions, ${rows * 2} events: ${seconds.toFixed(1)} s, ${calls} calls, longest ${longest.toFixed(0)} ms (before: ${before.toFixed(0)} ms); ${steps.join(', ')}`,
  )
  expect(longest).toBeLessThan(waitMaxMs)
  const { rows: counts } = await sql<{
    others: number
  }>`select count(*) as others from events_without_user`.execute(db)
  expect(counts[0]?.others).toBe(rows / 5)
})
