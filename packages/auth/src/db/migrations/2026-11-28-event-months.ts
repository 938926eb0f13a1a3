import { type Kysely, sql } from 'kysely'
import { copyGrants, exists, withShortLock } from './online-steps.ts'
import type { Report } from './stepwise.ts'

export const isStepwise = true

/**
 * `auth_events` by month (UTC). The table as it is becomes the partition of everything before the
 * month after next: a check says so for new events from here on, so its end must be far enough away
 * for a run that is killed and forgotten. PostgreSQL validates the check beside the traffic, and
 * then attaches the table without reading it.
 */
export async function up(db: Kysely<unknown>, tell: Report = () => {}): Promise<void> {
  const report = (await exists(db, sql`select from users`)) ? tell : () => {}
  if (await exists(db, sql`select from pg_class where oid = to_regclass('auth_events') and relkind = 'p'`))
    return
  report('auth_events: the months before')
  const month = await checkEnd(db)
  report('auth_events: partitions by month')
  await withShortLock(db, async (tx) => partition(tx, month))
}

/** The first day of the month after next, of which a table may hold no event. */
async function checkEnd(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ month: string }>`
    select to_char(date_trunc('month', now() at time zone 'UTC') + interval '2 months', 'YYYY-MM-DD') as month`.execute(
    db,
  )
  const month = rows[0]?.month ?? ''
  await withShortLock(db, async (tx) => {
    await sql`alter table auth_events drop constraint if exists auth_events_at_check`.execute(tx)
    await sql`
      alter table auth_events add constraint auth_events_at_check check (at < ${sql.lit(`${month}T00:00:00Z`)}) not valid`.execute(
      tx,
    )
  })
  await sql`set lock_timeout = 0`.execute(db)
  await sql`alter table auth_events validate constraint auth_events_at_check`.execute(db)
  return month
}

async function partition(tx: Kysely<unknown>, month: string): Promise<void> {
  const name = `auth_events_before_${month.slice(0, 7).replace('-', '_')}`
  const before = sql.id(name)
  await sql`lock table auth_events in access exclusive mode`.execute(tx)
  const hasTrigger = await exists(tx, sql`select from pg_trigger where tgname = 'event_without_user'`)
  await sql`drop trigger if exists event_without_user on auth_events`.execute(tx)
  await sql`alter table auth_events rename to ${before}`.execute(tx)
  await sql`alter index auth_events_pkey rename to ${sql.id(`${name}_pkey`)}`.execute(tx)
  await sql`alter index auth_events_at_id_idx rename to ${sql.id(`${name}_at_id_idx`)}`.execute(tx)
  await sql`create table auth_events (like ${before} including defaults) partition by range (at)`.execute(tx)
  await sql`alter table auth_events add primary key (user_id, at, id)`.execute(tx)
  await sql`create index auth_events_at_id_idx on auth_events (at, id)`.execute(tx)
  await sql`
    alter table auth_events attach partition ${before}
    for values from (minvalue) to (${sql.lit(`${month}T00:00:00Z`)})`.execute(tx)
  await sql`alter table ${before} drop constraint auth_events_at_check`.execute(tx)
  await sql`create table auth_events_default partition of auth_events default`.execute(tx)
  if (hasTrigger) {
    await sql`
      create trigger event_without_user before insert on auth_events
      for each row when (new.user_id is null) execute function move_event_without_user()`.execute(tx)
  }
  await copyGrants(tx, { from: name, to: 'auth_events' })
  await createFunctions(tx)
}

/** The worker's role needs no DDL: these functions run with the rights of the tables' owner. */
async function createFunctions(tx: Kysely<unknown>): Promise<void> {
  await sql`
    create function create_event_months(ahead integer) returns setof text
    language plpgsql security definer set search_path from current as $$
    declare
      first timestamp;
      name text;
    begin
      for n in 0..least(ahead, 24) loop
        first := date_trunc('month', now() at time zone 'UTC') + make_interval(months => n);
        name := 'auth_events_' || to_char(first, 'YYYY_MM');
        continue when to_regclass(name) is not null;
        begin
          execute format('create table %I (like auth_events including defaults)', name);
          execute format('alter table auth_events attach partition %I for values from (%L) to (%L)',
            name, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
          return next name;
        exception
          -- Another partition holds the month, or the default partition has events of it.
          when invalid_object_definition or check_violation then null;
        end;
      end loop;
    end $$`.execute(tx)
  await sql`
    create function drop_event_month(before timestamptz) returns bigint
    language plpgsql security definer set search_path from current as $$
    declare
      month regclass;
      events bigint;
    begin
      if not has_table_privilege(session_user, 'auth_events', 'delete') then
        raise insufficient_privilege using message = 'permission denied for table auth_events';
      end if;
      select c.oid into month
      from pg_inherits i join pg_class c on c.oid = i.inhrelid,
        substring(pg_get_expr(c.relpartbound, c.oid) from $re$ TO [(]'([^']+)'[)]$re$) as bound (ends)
      where i.inhparent = 'auth_events'::regclass and bound.ends::timestamptz <= before
      order by bound.ends::timestamptz limit 1;
      if month is null then
        return null;
      end if;
      execute format('select count(*) from %s', month) into events;
      execute format('drop table %s', month);
      return events;
    end $$`.execute(tx)
}
