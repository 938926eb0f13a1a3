import { type Kysely, sql } from 'kysely'

/**
 * Registrations that wait for proof that their email is read, keyed by the folded email: several
 * may wait for one, and none is a user. A link names its registration by the id alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registrations (
      email text collate "C" not null,
      id uuid not null,
      typed_email text not null,
      password_hash text not null,
      display_name text,
      browser_hash text,
      code_attempts smallint not null default 0,
      other_attempts smallint not null default 0,
      code_round smallint not null default 0,
      mails smallint not null default 0,
      ip inet,
      user_agent text,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      code_expires_at timestamptz,
      consumed_at timestamptz,
      primary key (email, id)
    )`.execute(db)
  await sql`create index registrations_id_idx on registrations (id)`.execute(db)
  await sql`create index registrations_expires_at_idx on registrations (expires_at)`.execute(db)
}
