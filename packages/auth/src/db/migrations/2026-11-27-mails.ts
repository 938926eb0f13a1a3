import { type Kysely, sql } from 'kysely'

/**
 * Mail: when a user proved to read their email, the one-time tokens of mailed links and codes, and
 * the mails themselves. Every row of a user is keyed by the user. Mails to an email without a user
 * stand in a table of their own, keyed by the folded email.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column email_verified_at timestamptz`.execute(db)
  await sql`
    create table one_time_tokens (
      user_id bigint not null references users on delete cascade,
      id uuid not null,
      purpose text not null,
      email text collate "C" not null,
      browser_hash text,
      code_attempts smallint not null default 0,
      other_attempts smallint not null default 0,
      code_round smallint not null default 0,
      mails smallint not null default 1,
      ip inet,
      user_agent text,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      code_expires_at timestamptz not null,
      consumed_at timestamptz,
      primary key (user_id, id)
    )`.execute(db)
  await sql`create index one_time_tokens_ends_idx on one_time_tokens (expires_at)`.execute(db)
  await sql`
    create table outgoing_mails (
      user_id bigint not null references users on delete cascade,
      ${mailColumns},
      primary key (user_id, id)
    )`.execute(db)
  await sql`
    create table mailbox_mails (
      email text collate "C" not null,
      ${mailColumns},
      primary key (email, id)
    )`.execute(db)
  for (const table of ['outgoing_mails', 'mailbox_mails']) {
    await sql`
      create index ${sql.id(`${table}_waiting_idx`)} on ${sql.table(table)} (created_at)
      where sent_at is null and given_up_at is null`.execute(db)
    await sql`create index ${sql.id(`${table}_created_at_idx`)} on ${sql.table(table)} (created_at)`.execute(
      db,
    )
  }
}

const mailColumns = sql`
  id uuid not null,
  template text not null,
  to_email text not null,
  token_id uuid,
  params jsonb not null default '{}',
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  attempts smallint not null default 0,
  last_error text,
  sent_at timestamptz,
  given_up_at timestamptz,
  smtp_id text`
