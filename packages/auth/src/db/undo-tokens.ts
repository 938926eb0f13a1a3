import { sql, type Transaction } from 'kysely'
import type { ClientInfo } from './auth-events.ts'
import type { Database } from './database.ts'
import { toKeys } from './emails.ts'
import type { StateBefore } from './mail-tables.ts'

/** How long a change can be undone, in seconds: a week. */
export const undoLifetimeSeconds = 7 * 86_400

/** A change that its user may undo. */
export interface NewUndo {
  userId: number
  id: string
  before: StateBefore
  /** The client that made the change. */
  client: ClientInfo
  /** Of the browser that asked for a change, which may agree to it without the code. */
  browserHash?: string | null
}

/**
 * Inserts the token that undoes a change, or moves it to now: a change of email has it from the
 * request on. The caller holds the lock of the user's row: the order of the tokens is that of the
 * changes.
 */
export async function insertOrMoveUndoToken(
  tx: Transaction<Database>,
  { userId, id, before, client, browserHash = null }: NewUndo,
): Promise<void> {
  const end = sql`clock_timestamp() + make_interval(secs => ${undoLifetimeSeconds})`
  await sql`
    insert into one_time_tokens
      (user_id, id, purpose, email, before, ip, user_agent, browser_hash, created_at, expires_at, code_expires_at)
    values (${userId}, ${id}, 'undo', ${toKeys(before.email).folded}, ${JSON.stringify(before)}, ${client.ip}::inet,
      ${client.userAgent}, ${browserHash}, clock_timestamp(), ${end}, ${end})
    on conflict (user_id, id) do update
      set browser_hash = excluded.browser_hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
        code_expires_at = excluded.code_expires_at
      where one_time_tokens.consumed_at is null`.execute(tx)
}

/**
 * Voids every open token of a user but the undos of changes before this one.
 */
export async function voidTokensSince(
  tx: Transaction<Database>,
  { userId, id }: { userId: number; id: string },
): Promise<void> {
  await sql`
    update one_time_tokens t set expires_at = now() from one_time_tokens undo
    where undo.user_id = ${userId} and undo.id = ${id} and t.user_id = undo.user_id and t.id <> undo.id
      and t.consumed_at is null and t.expires_at > now()
      and (t.purpose <> 'undo' or t.created_at >= undo.created_at)`.execute(tx)
}

/** Voids every open token of a user. Returns how many. */
export async function voidTokens(tx: Transaction<Database>, userId: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('one_time_tokens')
    .set({ expires_at: sql`now()` })
    .where('user_id', '=', userId)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
