import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { deleteEndedRateLimits, selectRateLimits, upsertRateLimits } from '../db/rate-limits.ts'
import type { CountStore } from './stores.ts'

/**
 * Keeps counts in the table `rate_limits`, where they hold across servers: one statement for all
 * changes of a call. A count of 0 is over, as it is in memory.
 */
export function createSqlStore(db: Kysely<Database>): CountStore {
  return {
    async change(changes) {
      // In the order of their keys: two calls that change the same counts never wait for each
      // other.
      const sorted = changes.toSorted((one, other) => (one.key < other.key ? -1 : 1))
      const values = {
        keys: sorted.map(({ key }) => key),
        bys: sorted.map(({ by }) => by),
        windowsMs: sorted.map(({ windowSeconds }) => windowSeconds * 1000),
      }
      const isReading = changes.every(({ by }) => by === 0)
      const rows = await (isReading ? selectRateLimits(db, values) : upsertRateLimits(db, values))
      const counts = new Map(rows.map((row) => [row.key, row]))
      return changes.map(({ key }) => {
        const { value = 0, endsInMs = 0 } = counts.get(key) ?? {}
        return { value, endsInMs: value === 0 ? 0 : endsInMs }
      })
    },
  }
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
