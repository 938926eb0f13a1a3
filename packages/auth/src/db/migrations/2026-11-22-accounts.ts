import { type Kysely, sql } from 'kysely'

/** Users, profiles, sessions and the audit of what happened to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id bigint generated always as identity primary key,
      email text not null,
      password_hash text not null,
      is_active boolean not null default true,
      created_at timestamptz not null default now(),
      last_login_at timestamptz,
      password_changed_at timestamptz not null default now(),
      sessions_ended_at timestamptz
    ) with (fillfactor = 80)`.execute(db)
  await sql`create unique index users_lower_email_key on users (lower(email))`.execute(db)

  await sql`
    create table profiles (
      user_id bigint primary key references users on delete cascade,
      display_name text not null default 'Anonymous User',
      bio text not null default ''
    )`.execute(db)

  await sql`
    create table sessions (
      id uuid primary key,
      user_id bigint not null references users on delete cascade,
      generation integer not null default 0,
      rotated_at timestamptz not null default now(),
      created_at timestamptz not null default now(),
      last_used_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ends_at timestamptz not null,
      revoked_at timestamptz,
      revoked_because text,
      user_agent text,
      ip inet,
      adopted_jti text unique,
      check ((revoked_at is null) = (revoked_because is null))
    ) with (fillfactor = 70)`.execute(db)
  await sql`create index sessions_user_id_idx on sessions (user_id)`.execute(db)

  await sql`
    create table auth_events (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      kind text not null,
      user_id bigint references users on delete set null,
      session_id uuid,
      ip inet,
      user_agent text,
      detail jsonb
    )`.execute(db)
  await sql`create index auth_events_user_id_at_idx on auth_events (user_id, at)`.execute(db)
}
