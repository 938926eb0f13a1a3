import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { upsertRateLimitsAndFindUser } from '../db/by-engine.ts'
import {
  deleteEndedRateLimits,
  type RateLimitCount,
  selectRateLimits,
  toColumns,
  upsertRateLimits,
} from '../db/rate-limits.ts'
import type { Count, CountChange, CountStore } from './stores.ts'

/**
 * Keeps counts in the table `rate_limits`, where they hold across servers: one statement for all
 * changes of a call, and for a login's user too. A count of 0 is over, as it is in memory.
 */
export function createSqlStore(db: Kysely<Database>): CountStore {
  return {
    async change(changes) {
      const isReading = changes.every(({ by }) => by === 0)
      const rows = await (isReading ? selectRateLimits : upsertRateLimits)(db, toColumns(changes))
      return toCounts(changes, rows)
    },
    async changeAndFindUser({ changes, email, token }) {
      const counted = await upsertRateLimitsAndFindUser(db, { changes, email, token })
      return counted && { ...counted, counts: toCounts(changes, counted.counts) }
    },
  }
}

function toCounts(changes: readonly CountChange[], rows: readonly RateLimitCount[]): Count[] {
  const counts = new Map(rows.map((row) => [row.key, row]))
  return changes.map(({ key }) => {
    const { value = 0, endsInMs = 0 } = counts.get(key) ?? {}
    return { value, endsInMs: value === 0 ? 0 : endsInMs }
  })
}

/** How often counts that are over are removed, in milliseconds. */
const clearIntervalMs = 300_000

/**
 * Removes counts that are over, again and again, for as long as the process lives. Of several
 * processes, one does it each time.
 */
export function startClearing(db: Kysely<Database>, intervalMs = clearIntervalMs): { stop(): void } {
  const timer = setInterval(() => {
    deleteEndedRateLimits(db).catch(() => {}) // A failure costs nothing: the next round removes them too.
  }, intervalMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
