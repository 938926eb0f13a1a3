import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

const sequence = sql`pg_get_serial_sequence('users', 'id')::regclass`

/**
 * Whether the database is on another server or timeline than ids were drawn on last, as SQL: after
 * a failover, a restore or a copy. Ids that were given out may then be missing among the users, and
 * the sequence behind them.
 */
export const isElsewhere = sql<boolean>`exists (
  select from current_user_id_origin() as now (origin)
  where now.origin is not null and not exists (select from user_id_origin as o where o.origin = now.origin))`

/**
 * Where the database is elsewhere, moves the sequence of user ids by `gap` and records where it is.
 * Of several at once one moves it: the others wait for its transaction. A move that is rolled back
 * leaves the ids out all the same.
 */
export async function moveUserIds(db: Kysely<Database>, gap: number): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((tx) => moveUserIds(tx, gap))
  await sql`select pg_advisory_xact_lock(hashtext('pockitflyer-auth user ids'))`.execute(db)
  await sql`
    with moved as (
      select setval(${sequence}, ${gap} + greatest(
        coalesce(pg_sequence_last_value(${sequence}), 0), coalesce((select max(id) from users), 0)))
      where ${isElsewhere}
    )
    insert into user_id_origin (origin) select current_user_id_origin() from moved
    on conflict (is_only) do update set origin = excluded.origin, recorded_at = now()`.execute(db)
}

/** What an operator must know of the ids of users. */
export interface UserIdState {
  /** The id that was drawn last, 0 before the first. */
  last: number
  /** Whether PostgreSQL tells this role its system identifier and timeline. */
  isOriginKnown: boolean
}

/** Finds the state of the ids of users. */
export async function getUserIdState(db: Kysely<Database>): Promise<UserIdState> {
  const { rows } = await sql<UserIdState>`
    select greatest(coalesce(pg_sequence_last_value(${sequence}), 0), coalesce((select max(id) from users), 0)) as last,
      current_user_id_origin() is not null as "isOriginKnown"`.execute(db)
  const [state] = rows
  if (state === undefined) throw new Error('PostgreSQL returned no row.')
  return state
}
