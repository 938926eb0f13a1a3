import { type Kysely, sql } from 'kysely'
import { copyGrants, createIndexConcurrently, exists, withShortLock } from './online-steps.ts'
import type { Report } from './stepwise.ts'

export const isStepwise = true

/**
 * Keys that begin with the user, so that every statement on a session or an event names its user.
 * What only the version before needs stays until `contract`: an index of sessions by id,
 * the unique `adopted_jti`, and a trigger that moves its events without a user.
 */
export async function up(db: Kysely<unknown>, tell: Report = () => {}): Promise<void> {
  const report = (await exists(db, sql`select from users`)) ? tell : () => {}
  report('sessions: key (user_id, id)')
  await keySessions(db)
  report('auth_events: events without a user')
  await separateEventsWithoutUser(db)
  await moveEventsWithoutUser(db, report)
  report('auth_events: key (user_id, at, id)')
  await keyEvents(db)
}

const keyOf = (table: string) => sql`
  select from pg_constraint c where c.conrelid = to_regclass(${table}) and c.contype = 'p' and cardinality(c.conkey) > 1`

async function keySessions(db: Kysely<unknown>): Promise<void> {
  await createIndexConcurrently(db, {
    name: 'sessions_user_id_adopted_jti_key',
    on: 'sessions (user_id, adopted_jti) where adopted_jti is not null',
    isUnique: true,
  })
  if (!(await exists(db, keyOf('sessions')))) {
    await createIndexConcurrently(db, { name: 'sessions_id_idx', on: 'sessions (id)' })
    await createIndexConcurrently(db, {
      name: 'sessions_user_id_id_key',
      on: 'sessions (user_id, id)',
      isUnique: true,
    })
    await withShortLock(db, async (tx) => {
      await sql`
        alter table sessions drop constraint sessions_pkey,
          add constraint sessions_pkey primary key using index sessions_user_id_id_key`.execute(tx)
    })
  }
  await sql`set lock_timeout = 0`.execute(db)
  await sql`drop index concurrently if exists sessions_user_id_idx`.execute(db)
}

/**
 * Ids of both tables are drawn from one sequence, so that each names one event. A user's row in
 * `users` may go; the events keep the number.
 */
async function separateEventsWithoutUser(db: Kysely<unknown>): Promise<void> {
  if (await exists(db, sql`select where to_regclass('events_without_user') is not null`)) return
  await withShortLock(db, async (tx) => {
    await sql`lock table users, auth_events in access exclusive mode`.execute(tx)
    await sql`alter table auth_events drop constraint auth_events_user_id_fkey`.execute(tx)
    await sql`create sequence event_ids`.execute(tx)
    await sql`
      select setval('event_ids', greatest(1, coalesce(
        pg_sequence_last_value(pg_get_serial_sequence('auth_events', 'id')::regclass), 1)))`.execute(tx)
    await sql`
      alter table auth_events alter column id drop identity, alter column id set default nextval('event_ids')`.execute(
      tx,
    )
    await sql`
      create table events_without_user (
        id bigint not null default nextval('event_ids'),
        at timestamptz not null default now(),
        kind text not null,
        session_id uuid,
        ip inet,
        user_agent text,
        detail jsonb,
        primary key (at, id)
      )`.execute(tx)
    await sql`
      create function move_event_without_user() returns trigger language plpgsql as $$
      begin
        insert into events_without_user (id, at, kind, session_id, ip, user_agent, detail)
        values (new.id, new.at, new.kind, new.session_id, new.ip, new.user_agent, new.detail);
        return null;
      end $$`.execute(tx)
    await sql`
      create trigger event_without_user before insert on auth_events
      for each row when (new.user_id is null) execute function move_event_without_user()`.execute(tx)
    await copyGrants(tx, { from: 'auth_events', to: 'events_without_user' })
    await sql`grant usage on sequence event_ids to public`.execute(tx)
  })
}

/** Pages of the table that one statement looks at: some 70,000 events. */
const pagesPerBatch = 1000

async function moveEventsWithoutUser(db: Kysely<unknown>, report: Report): Promise<void> {
  if (await exists(db, keyOf('auth_events'))) return
  const { rows } = await sql<{ pages: number }>`
    select pg_relation_size('auth_events') / current_setting('block_size')::int as pages`.execute(db)
  const pages = rows[0]?.pages ?? 0
  for (let page = 0; page <= pages; page += pagesPerBatch) {
    await sql`
      with gone as (
        delete from auth_events where ctid >= ${`(${page},0)`}::tid and ctid < ${`(${page + pagesPerBatch},0)`}::tid
          and user_id is null returning *
      )
      insert into events_without_user (id, at, kind, session_id, ip, user_agent, detail)
      select id, at, kind, session_id, ip, user_agent, detail from gone`.execute(db)
    report(`auth_events: page ${Math.min(page + pagesPerBatch, pages)} of ${pages}`)
  }
}

async function keyEvents(db: Kysely<unknown>): Promise<void> {
  await createIndexConcurrently(db, { name: 'auth_events_at_id_idx', on: 'auth_events (at, id)' })
  if (!(await exists(db, keyOf('auth_events')))) {
    await requireUser(db)
    await createIndexConcurrently(db, {
      name: 'auth_events_user_id_at_id_key',
      on: 'auth_events (user_id, at, id)',
      isUnique: true,
    })
    await withShortLock(db, async (tx) => {
      await sql`alter table auth_events alter column user_id set not null`.execute(tx)
      await sql`alter table auth_events drop constraint auth_events_user_id_check`.execute(tx)
      await sql`
        alter table auth_events drop constraint auth_events_pkey,
          add constraint auth_events_pkey primary key using index auth_events_user_id_at_id_key`.execute(tx)
    })
  }
  await sql`set lock_timeout = 0`.execute(db)
  await sql`drop index concurrently if exists auth_events_user_id_at_idx`.execute(db)
}

/** PostgreSQL reads the table beside the traffic; `set not null` then believes the constraint. */
async function requireUser(db: Kysely<unknown>): Promise<void> {
  const constraint = sql`
    select from pg_constraint where conrelid = to_regclass('auth_events') and conname = 'auth_events_user_id_check'`
  if (!(await exists(db, constraint))) {
    await withShortLock(db, async (tx) => {
      await sql`
        alter table auth_events add constraint auth_events_user_id_check check (user_id is not null) not valid`.execute(
        tx,
      )
    })
  }
  await sql`set lock_timeout = 0`.execute(db)
  await sql`alter table auth_events validate constraint auth_events_user_id_check`.execute(db)
}
