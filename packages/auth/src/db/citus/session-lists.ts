import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { deleteEnded, type EndedSessions, pagesOf } from '../session-lists.ts'

/** Returns how many pages the largest shard of sessions has. */
export async function countSessionPages(db: Kysely<Database>): Promise<number> {
  const pages = await onShards(db, sql`select ${pagesOf(sql`'${shard}'`)}`.compile(db).sql)
  return Math.max(0, ...pages)
}

/** Deletes the ended sessions in a range of pages of every shard, each in a transaction there. */
export async function deleteEndedSessions(
  db: Kysely<Database>,
  { olderThanDays, fromPage, toPage }: EndedSessions,
): Promise<number> {
  const deletion = deleteEnded(shard, {
    days: sql.lit(olderThanDays),
    from: sql.lit(`(${fromPage},0)`),
    to: sql.lit(`(${toPage},0)`),
  })
  const deleted = await onShards(
    db,
    sql`with gone as (${deletion} returning 1) select count(*) from gone`.compile(db).sql,
  )
  return deleted.reduce((total, count) => total + count, 0)
}

/** Where Citus puts the name of a shard. */
const shard = sql.raw('%1$s')

/** Sends a statement that returns a number to all shards of sessions at once. */
async function onShards(db: Kysely<Database>, statement: string): Promise<number[]> {
  const { rows } = await sql<{ success: boolean; result: string }>`
    select success, result from run_command_on_shards('sessions', ${statement})`.execute(db)
  const failed = rows.find(({ success }) => !success)
  if (failed !== undefined) throw new Error(`A shard of sessions refused: ${failed.result}`)
  return rows.map(({ result }) => Number(result))
}
