import { setTimeout as wait } from 'node:timers/promises'
import {
  type Admin,
  type EventFilter,
  type EventForOperator,
  type EventPosition,
  listEvents,
} from '@pockitflyer/auth/admin'
import { operator } from '../../cli.ts'

/** Number of events in memory at once. */
const pageSize = 1000

/** Interval at which `followEvents` looks for new events, in milliseconds. */
const followMs = 1000

/**
 * An event gets its time before its commit, and no transaction that appends one lasts longer
 * than this.
 */
const lateCommitMs = 30_000

/** The filter of the events to read. */
export type WantedEvents = Omit<EventFilter, 'after' | 'limit'>

/**
 * Reads events page by page in the order of their times. Yields at least one page, empty without
 * events.
 */
export async function* readEvents(
  admin: Admin,
  wanted: WantedEvents,
  start?: EventPosition,
): AsyncGenerator<EventForOperator[]> {
  let after = start
  for (;;) {
    const page = await listEvents(admin, operator, { ...wanted, after, limit: pageSize })
    yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.position
  }
}

/**
 * Reads events as `readEvents` does and then follows new ones, for ever. It yields each event once,
 * even one that is committed after a later event.
 */
export async function* followEvents(admin: Admin, wanted: WantedEvents): AsyncGenerator<EventForOperator[]> {
  let settled: EventPosition | undefined
  let newestAt = 0
  let seen: EventForOperator[] = []
  for (;;) {
    const known = new Set(seen.map(({ id }) => id))
    seen = []
    for await (const page of readEvents(admin, wanted, settled)) {
      yield page.filter(({ id }) => !known.has(id))
      newestAt = Math.max(newestAt, page.at(-1)?.at.getTime() ?? 0)
      const all = [...seen, ...page]
      seen = all.filter(({ at }) => at.getTime() >= newestAt - lateCommitMs)
      settled = all[all.length - seen.length - 1]?.position ?? settled
    }
    await wait(followMs)
  }
}
