import type { Caller } from '../caller.ts'
import {
  deleteOldEvents,
  type EventFilter,
  type EventForOperator,
  listEventsForOperator,
} from '../db/event-lists.ts'
import { createEventMonths, dropOldEventMonth } from '../db/postgres/event-months.ts'
import type { Admin } from './admin.ts'
import { inBatches, pruneBatchSize } from './prune-batch-size.ts'

/**
 * Lists events in the order of their times, at most `limit`, from the start or after a position.
 * @example
 * const events = await listEvents(admin, operator, { limit: 1000, userId: 42 })
 * const more = await listEvents(admin, operator, { after: events.at(-1)?.position, limit: 1000 })
 */
export async function listEvents(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  filter: EventFilter,
): Promise<EventForOperator[]> {
  return listEventsForOperator(db, filter)
}

/**
 * Deletes the events recorded more than `olderThanDays` ago: whole months at once, the rest in
 * batches. Returns how many. Safe beside live traffic and beside another prune.
 * @example
 * const count = await pruneEvents(admin, operator, { olderThanDays: 365 })
 */
export async function pruneEvents(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  let months = 0
  for (;;) {
    const dropped = await dropOldEventMonth(db, { olderThanDays })
    if (dropped === null) break
    months += dropped
  }
  const batch = { olderThanDays, limit: pruneBatchSize }
  const ofUsers = await inBatches(() => deleteOldEvents(db, 'auth_events', batch))
  return months + ofUsers + (await inBatches(() => deleteOldEvents(db, 'events_without_user', batch)))
}

/**
 * Makes the partitions of the coming four months, where they are missing. Safe to run at any time.
 * @example
 * await addEventMonths(admin, operator)
 */
export async function addEventMonths({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<void> {
  await createEventMonths(db)
}
