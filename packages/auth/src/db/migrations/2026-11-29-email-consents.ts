import { type Kysely, sql } from 'kysely'

/**
 * Which mailboxes agreed to a change of email that both must agree to. The constraint also stops a
 * server of the version before, which would apply it with the consent of the new one alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table email_changes
      add column needs_consents boolean not null default false,
      add column password_changed_at timestamptz,
      add column old_confirmed_at timestamptz,
      add column new_confirmed_at timestamptz,
      add constraint email_changes_consents_check check (
        not needs_consents or applied_at is null or (old_confirmed_at is not null and new_confirmed_at is not null)
      )`.execute(db)
}
