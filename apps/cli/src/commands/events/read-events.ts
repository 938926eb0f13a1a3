import { setTimeout as wait } from 'node:timers/promises'
import { type Admin, type EventFilter, type EventForOperator, listEvents } from '@pockitflyer/auth/admin'
import { operator } from '../../cli.ts'

/** Number of events in memory at once. */
const pageSize = 1000

/** Interval at which `followEvents` looks for new events, in milliseconds. */
const followMs = 1000

/**
 * An event gets its id and time before its commit, and no transaction that appends one lasts longer
 * than this.
 */
const lateCommitMs = 30_000

/** The filter of the events to read. */
export type WantedEvents = Omit<EventFilter, 'afterId' | 'limit'>

/**
 * Reads events page by page in the order of their ids. Yields at least one page, empty without
 * events.
 */
export async function* readEvents(
  admin: Admin,
  wanted: WantedEvents,
  startId = 0,
): AsyncGenerator<EventForOperator[]> {
  let afterId = startId
  for (;;) {
    const page = await listEvents(admin, operator, { ...wanted, afterId, limit: pageSize })
    yield page
    if (page.length < pageSize) return
    afterId = page.at(-1)?.id ?? afterId
  }
}

/**
 * Reads events as `readEvents` does and then follows new ones, for ever. It yields each event once,
 * even one that is committed after an event with a greater id.
 */
export async function* followEvents(admin: Admin, wanted: WantedEvents): AsyncGenerator<EventForOperator[]> {
  let settledId = 0
  let newestAt = 0
  const seen = new Map<number, number>()
  for (;;) {
    for await (const page of readEvents(admin, wanted, settledId)) {
      yield page.filter(({ id }) => !seen.has(id))
      for (const { id, at } of page) seen.set(id, at.getTime())
      newestAt = Math.max(newestAt, ...page.map(({ at }) => at.getTime()))
      for (const [id, at] of seen) {
        if (at < newestAt - lateCommitMs) settledId = Math.max(settledId, id)
      }
      for (const id of seen.keys()) if (id <= settledId) seen.delete(id)
    }
    await wait(followMs)
  }
}
