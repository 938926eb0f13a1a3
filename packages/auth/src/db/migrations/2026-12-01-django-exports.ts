import { type Kysely, sql } from 'kysely'
import { copyGrants } from './online-steps.ts'

/**
 * What goes back to a Django service: the changes that wait, and why a user could not be written
 * there. A row of `django_users` outlives its user, until Django has deleted the user too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table django_changes (
      change bigint generated always as identity primary key,
      user_id bigint not null,
      changed_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await copyGrants(db, { from: 'users', to: 'django_changes' })
  await sql`
    alter table django_users add column problem text, drop constraint if exists django_users_user_id_fkey`.execute(
    db,
  )
}
