import type { Caller } from '../caller.ts'
import {
  deleteOldEvents,
  type EventFilter,
  type EventForOperator,
  listEventsForOperator,
} from '../db/auth-events.ts'
import type { Admin } from './admin.ts'
import { pruneBatchSize } from './prune-batch-size.ts'

/**
 * Lists events after `afterId` in the order of their ids, at most `limit`.
 * @example
 * const events = await listEvents(admin, operator, { afterId: 0, limit: 1000, userId: 42 })
 */
export async function listEvents(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  filter: EventFilter,
): Promise<EventForOperator[]> {
  return listEventsForOperator(db, filter)
}

/**
 * Deletes the events recorded more than `olderThanDays` ago, in batches. Returns how many. Safe
 * beside live traffic and beside another prune.
 * @example
 * const count = await pruneEvents(admin, operator, { olderThanDays: 365 })
 */
export async function pruneEvents(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { olderThanDays }: { olderThanDays: number },
): Promise<number> {
  let [total, afterId] = [0, 0]
  for (;;) {
    const { deleted, lastId } = await deleteOldEvents(db, { olderThanDays, afterId, limit: pruneBatchSize })
    if (deleted === 0) return total
    total += deleted
    afterId = lastId
  }
}
