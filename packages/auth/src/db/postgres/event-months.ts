import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { withShortLock } from '../migrations/online-steps.ts'

/**
 * How many months after the current one have a partition of `auth_events`: where no worker runs for
 * two, two are left.
 */
const monthsAhead = 4

/**
 * Creates the partitions of `auth_events` that the coming months lack. A month that the default
 * partition has events of stays there.
 */
export async function createEventMonths(db: Kysely<Database>): Promise<void> {
  await withShortLock(db, async (tx) => {
    await sql`select create_event_months(${monthsAhead})`.execute(tx)
  })
}

/**
 * Drops the oldest month of `auth_events` that ended more than `olderThanDays` ago. Returns how
 * many events it had; `null` if there is no such month. Every statement on the table waits a
 * moment.
 */
export async function dropOldEventMonth(
  db: Kysely<Database>,
  { olderThanDays }: { olderThanDays: number },
): Promise<number | null> {
  let events: number | null = null
  await withShortLock(db, async (tx) => {
    const { rows } = await sql<{ events: number | null }>`
      select drop_event_month(now() - make_interval(days => ${olderThanDays})) as events`.execute(tx)
    events = rows[0]?.events ?? null
  })
  return events
}

/** The partitions of `auth_events`. */
export interface EventMonths {
  /** Whether the next month has one. */
  hasNext: boolean
  /** Whether events stand in the default partition, for want of their month's. */
  usesDefault: boolean
}

/** Finds what an operator needs to know of the partitions of `auth_events`. */
export async function getEventMonths(db: Kysely<Database>): Promise<EventMonths> {
  const { rows } = await sql<EventMonths>`
    select exists (select 1 from auth_events_default) as "usesDefault",
      coalesce(max(substring(pg_get_expr(c.relpartbound, c.oid) from ' TO [(]''([^'']+)''[)]')::timestamptz), '-infinity')
        >= (date_trunc('month', now() at time zone 'UTC') + interval '2 months') at time zone 'UTC' as "hasNext"
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'auth_events'::regclass`.execute(db)
  const [months] = rows
  if (months === undefined) throw new Error('PostgreSQL returned no row.')
  return months
}
