import { sql, type Transaction } from 'kysely'
import { SourceError } from '../source-error.ts'
import { pathOf, type Table, tableSql } from '../source/catalog.ts'
import type { SourceDatabase } from '../source/connect-source.ts'
import type { SourceSchema } from '../source/schema.ts'

/** The setting of a transaction that writes what comes from this service: it is not noted. */
export const exportSetting = 'pockitflyer.exports'

const feedName = 'pockitflyer_feed'

/** How long a trigger waits for its table: every statement on the table queues behind it. */
export const lockTimeoutMs = 3000

/**
 * Makes Django's database note which users change and which tokens are blacklisted, in a table of
 * its own: by triggers that run with the rights of the role that creates them. Repeatable.
 * @throws {SourceError} the role may not create triggers
 */
export async function installFeed(db: SourceDatabase, schema: SourceSchema): Promise<void> {
  await changeTables(db, async (tx) => {
    await createFeed(tx, schema)
    for (const { table, events, argument } of watchedTables(schema)) {
      await sql`
        create or replace trigger ${sql.id(feedName)} after ${sql.raw(events)} on ${tableSql(table)}
        for each row execute function ${feedSql(schema)}(${sql.lit(argument)})`.execute(tx)
    }
  })
}

/** Removes the triggers and the table of the feed. Returns false if there was none. Repeatable. */
export async function removeFeed(db: SourceDatabase, schema: SourceSchema): Promise<boolean> {
  return changeTables(db, async (tx) => {
    const isThere = await hasFeed(tx, schema)
    for (const { table } of watchedTables(schema))
      await sql`drop trigger if exists ${sql.id(feedName)} on ${tableSql(table)}`.execute(tx)
    await sql`drop function if exists ${feedSql(schema)}()`.execute(tx)
    await sql`drop table if exists ${feedSql(schema)}`.execute(tx)
    return isThere
  })
}

/** Returns whether the feed is installed. */
export async function hasFeed(db: SourceDatabase, { users }: SourceSchema): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass(format('%I.%I', ${users.table.schema}::text, ${feedName}::text)) is not null as "isThere"`.execute(
    db,
  )
  return rows[0]?.isThere ?? false
}

/** SQL for the table of the feed, and for its function. */
export const feedSql = ({ users }: SourceSchema) => sql.id(users.table.schema, feedName)

async function createFeed(tx: Transaction<unknown>, schema: SourceSchema): Promise<void> {
  const { groups } = schema
  await sql`
    create table if not exists ${feedSql(schema)} (
      change bigint generated always as identity primary key, user_id bigint, token_id bigint)`.execute(tx)
  const insert = (column: string) => sql`insert into ${feedSql(schema)} (${sql.id(column)})`
  const membersOfGroup =
    groups &&
    sql`
      if tg_argv[0] = 'members' then
        ${insert('user_id')}
          select ${sql.id(groups.user)} from ${tableSql(groups.members)} where group_id = new.id;
        return null;
      end if;`
  await sql`
    create or replace function ${feedSql(schema)}() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      before bigint;
      after bigint;
    begin
      if current_setting(${sql.lit(exportSetting)}, true) is not distinct from 'on' then
        return null;
      end if;
      if tg_argv[0] = 'token' then
        ${insert('token_id')} values (new.id);
        return null;
      end if;
      ${membersOfGroup ?? sql``}
      if tg_op <> 'INSERT' then
        before := to_jsonb(old) ->> tg_argv[0];
        ${insert('user_id')} values (before);
      end if;
      if tg_op <> 'DELETE' then
        after := to_jsonb(new) ->> tg_argv[0];
        if after is distinct from before then
          ${insert('user_id')} values (after);
        end if;
      end if;
      return null;
    end $$`.execute(tx)
}

interface Watched {
  table: Table
  events: string
  /** The column that holds the id of the user; `token` and `members` stand for what they say. */
  argument: string
}

/**
 * Lists the tables that the feed watches, each once: profiles may stand in the table of the users.
 */
export function watchedTables({
  users,
  profile,
  groups,
  emailAddresses,
  blacklist,
}: SourceSchema): Watched[] {
  const rows = 'insert or update or delete'
  const watched: (Watched | undefined)[] = [
    { table: users.table, events: rows, argument: users.id },
    profile && { table: profile.table, events: rows, argument: profile.user },
    groups && { table: groups.members, events: rows, argument: groups.user },
    groups && { table: groups.groups, events: 'update of name', argument: 'members' },
    emailAddresses && { table: emailAddresses, events: rows, argument: 'user_id' },
    blacklist && { table: blacklist.blacklisted, events: 'insert', argument: 'token' },
  ]
  const paths = new Set<string>()
  return watched.flatMap((one) => {
    if (one === undefined || paths.has(pathOf(one.table))) return []
    paths.add(pathOf(one.table))
    return [one]
  })
}

async function changeTables<Result>(
  db: SourceDatabase,
  run: (tx: Transaction<unknown>) => Promise<Result>,
): Promise<Result> {
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(tx)
      return run(tx)
    })
  } catch (error) {
    throw toTableError(error)
  }
}

/** Says what a refusal of a lock or of a trigger asks of the operator. */
export function toTableError(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === '42501') {
    return new SourceError(
      "The role of --source may not create triggers: name the role that owns Django's tables.",
      { cause },
    )
  }
  if (code === '55P03') {
    return new SourceError("A long transaction holds one of Django's tables: try again when it is over.", {
      cause,
    })
  }
  return cause
}
