import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/** A change of a user that waits to be exported. */
export interface WaitingChange {
  change: number
  userId: number
}

const triggerName = 'note_change_for_django'

/** What Django has of a user. A login changes the first alone. */
const watchedColumns = [
  'last_login_at',
  'email',
  'password_hash',
  'is_active',
  'roles',
  'created_at',
  'email_verified_at',
]

/**
 * Makes PostgreSQL note every change of a user or profile that Django is to have, but none that
 * comes from Django. A login costs one row. Only a service that exports pays for these triggers.
 * Repeatable.
 */
export async function noteChanges(tx: Transaction<Database>): Promise<void> {
  const row = (of: string) => sql.raw(watchedColumns.map((column) => `${of}.${column}`).join(', '))
  await sql`
    create or replace function ${sql.id(triggerName)}() returns trigger
    language plpgsql set search_path from current as $$
    begin
      if current_setting('auth.from_django', true) is not distinct from 'on' then
        return null;
      end if;
      if tg_table_name = 'profiles' then
        insert into django_changes (user_id) values (coalesce(new.user_id, old.user_id));
        return null;
      end if;
      if tg_op = 'UPDATE' then
        if (${row('new')}) is not distinct from (${row('old')}) then
          return null;
        end if;
      end if;
      insert into django_changes (user_id) values (coalesce(new.id, old.id));
      return null;
    end $$`.execute(tx)
  await sql`
    create or replace trigger ${sql.id(triggerName)}
    after insert or delete or update of ${sql.raw(watchedColumns.join(', '))}
    on users for each row execute function ${sql.id(triggerName)}()`.execute(tx)
  await sql`
    create or replace trigger ${sql.id(triggerName)} after insert or delete or update
    on profiles for each row execute function ${sql.id(triggerName)}()`.execute(tx)
}

/** Removes the triggers and the changes that wait. Returns false if there was none. Repeatable. */
export async function forgetChanges(tx: Transaction<Database>): Promise<boolean> {
  const wasNoting = await isNotingChanges(tx)
  await sql`drop trigger if exists ${sql.id(triggerName)} on users`.execute(tx)
  await sql`drop trigger if exists ${sql.id(triggerName)} on profiles`.execute(tx)
  await sql`drop function if exists ${sql.id(triggerName)}()`.execute(tx)
  await tx.deleteFrom('django_changes').execute()
  return wasNoting
}

/** Returns whether changes are noted. */
export async function isNotingChanges(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ isNoting: boolean }>`
    select exists (
      select from pg_trigger where tgrelid = 'users'::regclass and tgname = ${triggerName}) as "isNoting"`.execute(
    db,
  )
  return rows[0]?.isNoting ?? false
}

/** Lists the changes that wait, the oldest first. */
export async function listChanges(db: Kysely<Database>, limit: number): Promise<WaitingChange[]> {
  return db
    .selectFrom('django_changes')
    .select(['change', 'user_id as userId'])
    .orderBy('change')
    .limit(limit)
    .execute()
}

/** Deletes changes that were exported. */
export async function deleteChanges(
  tx: Transaction<Database>,
  changes: readonly WaitingChange[],
): Promise<void> {
  const numbers = changes.map(({ change }) => change)
  await sql`delete from django_changes where change = any(${numbers}::bigint[])`.execute(tx)
}

/** How far an export is behind. */
export interface ExportLag {
  waitingChanges: number
  /** The first and the last of them; null: none waits. */
  waiting: { oldest: number; newest: number } | null
  /** How long the oldest of them has waited; 0: none waits. */
  oldestSeconds: number
}

/** Measures how far the export is behind. */
export async function getExportLag(db: Kysely<Database>): Promise<ExportLag> {
  const { rows } = await sql<ExportLag>`
    select count(*) as "waitingChanges",
      case when count(*) > 0 then json_build_object('oldest', min(change), 'newest', max(change)) end as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(changed_at)), 0)::float8 as "oldestSeconds"
    from django_changes`.execute(db)
  return rows[0] ?? { waitingChanges: 0, waiting: null, oldestSeconds: 0 }
}
