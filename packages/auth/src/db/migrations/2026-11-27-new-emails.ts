import { type Kysely, sql } from 'kysely'

/**
 * Changes of email and their undo. A user's former email stays in `emails` until `kept_until`: no
 * other account can take it while an undo may bring it back. What an undo brings back stands with
 * its token.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table emails add column kept_until timestamptz`.execute(db)
  await sql`create index emails_kept_until_idx on emails (kept_until) where kept_until is not null`.execute(
    db,
  )
  await sql`alter table one_time_tokens add column before jsonb`.execute(db)
  await sql`
    create table email_changes (
      user_id bigint not null references users on delete cascade,
      id uuid not null,
      undo_id uuid not null,
      old_email text not null,
      new_email text not null,
      new_key text collate "C" not null,
      requested_at timestamptz not null default now(),
      expires_at timestamptz not null,
      applied_at timestamptz,
      cancelled_at timestamptz,
      primary key (user_id, id)
    )`.execute(db)
  await sql`
    create unique index email_changes_open_key on email_changes (user_id)
    where applied_at is null and cancelled_at is null`.execute(db)
  await sql`create index email_changes_expires_at_idx on email_changes (expires_at)`.execute(db)
}
