import { type Kysely, sql } from 'kysely'

/**
 * On which server, and on which timeline of it, ids of users are drawn: system identifier and
 * timeline. The function returns null where the server does not tell them: to a role without the
 * right, or on a service that does not know them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function current_user_id_origin() returns text language plpgsql as $$
    begin
      return (select system_identifier from pg_control_system())
        || '/' || ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int;
    exception when others then
      return null;
    end $$`.execute(db)
  await sql`
    create table user_id_origin (
      is_only boolean primary key default true check (is_only),
      origin text,
      recorded_at timestamptz not null default now()
    )`.execute(db)
  await sql`insert into user_id_origin (origin) values (current_user_id_origin())`.execute(db)
}
