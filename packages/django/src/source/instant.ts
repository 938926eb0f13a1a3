import { type RawBuilder, sql } from 'kysely'
import { findColumn } from './catalog.ts'
import type { SourceSchema } from './schema.ts'

/** SQL for a time of the users table `u`, in the zone of the source where it has none. */
export function instantOf({ users, timeZone }: SourceSchema, column: string): RawBuilder<unknown> {
  const time = sql.id('u', column)
  const hasZone = findColumn(users.table, column)?.type === 'timestamp with time zone'
  return hasZone ? time : sql`(${time}::timestamp at time zone ${timeZone})`
}

/** SQL for whether Python has a time: its years have four digits, and none is infinite. */
export const isInCalendar = (time: RawBuilder<unknown>) =>
  sql`${time} between '0001-01-01 00:00:00+00' and '9999-12-31 23:59:59.999999+00'`
