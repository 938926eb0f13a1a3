import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/**
 * Deletes a user with all that hangs on them. The audit keeps what happened when, and loses from
 * where.
 */
export async function deleteUserAndAnonymizeEvents(tx: Transaction<Database>, userId: number): Promise<void> {
  await sql`delete from emails where user_id = ${userId}`.execute(tx)
  await sql`delete from users where id = ${userId}`.execute(tx)
  await sql`
    update auth_events set ip = null, user_agent = null, detail = null where user_id = ${userId}`.execute(tx)
}

/** Tables with rows of a user: whose column names the user, and which columns are secret. */
const tables: { table: string; owner: string; secret: string[] }[] = [
  { table: 'users', owner: 'id', secret: ['password_hash'] },
  { table: 'profiles', owner: 'user_id', secret: [] },
  { table: 'emails', owner: 'user_id', secret: [] },
  { table: 'sessions', owner: 'user_id', secret: [] },
  { table: 'auth_events', owner: 'user_id', secret: [] },
  { table: 'email_changes', owner: 'user_id', secret: [] },
  { table: 'outgoing_mails', owner: 'user_id', secret: [] },
  { table: 'one_time_tokens', owner: 'user_id', secret: ['browser_hash'] },
]

/** Rows by table, each as PostgreSQL writes it in JSON. */
export type UserRows = Record<string, unknown[]>

/** Finds every row of a user, without secrets. */
export async function findRowsOfUser(db: Kysely<Database>, userId: number): Promise<UserRows> {
  const found: UserRows = {}
  for (const { table, owner, secret } of tables) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) - ${secret}::text[] as row from ${sql.table(table)} t
      where ${sql.ref(owner)} = ${userId}`.execute(db)
    found[table] = rows.map(({ row }) => row)
  }
  return found
}
