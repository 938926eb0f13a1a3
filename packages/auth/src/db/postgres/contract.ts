import { type Kysely, sql } from 'kysely'
import { exists, withShortLock } from '../migrations/online-steps.ts'

/**
 * Drops what only the version before needs: it finds sessions by id alone, adopts by `jti` alone,
 * tells emails apart by an index that refuses emails which differ by case, and adds events without
 * a user to `auth_events`. The next release does it in a migration.
 */
export async function contract<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql`set lock_timeout = 0`.execute(db)
  await sql`drop index concurrently if exists sessions_id_idx`.execute(db)
  await sql`drop index concurrently if exists users_lower_email_key`.execute(db)
  await withShortLock(db, async (tx) => {
    await sql`alter table sessions drop constraint if exists sessions_adopted_jti_key`.execute(tx)
  })
  await withShortLock(db, async (tx) => {
    await sql`drop trigger if exists event_without_user on auth_events`.execute(tx)
    await sql`drop function if exists move_event_without_user()`.execute(tx)
  })
}

/** Returns whether nothing is there that only the version before needs. */
export async function isContracted<Tables>(db: Kysely<Tables>): Promise<boolean> {
  return !(await exists(
    db,
    sql`
      select from (values
        (to_regclass('sessions_id_idx')::oid), (to_regclass('sessions_adopted_jti_key')::oid),
        (to_regclass('users_lower_email_key')::oid),
        (to_regproc('move_event_without_user')::oid)) as kept (oid)
      where oid is not null`,
  ))
}
