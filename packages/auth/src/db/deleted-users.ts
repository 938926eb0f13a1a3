import { sql, type Transaction } from 'kysely'
import type { ClientInfo } from './auth-events.ts'
import type { Database } from './database.ts'
import { deleteDjangoUsers } from './django-users.ts'

/**
 * Deletes those of some users who were imported, with all that hangs on them, and appends an event
 * for each. Returns how many.
 */
export async function deleteUsersAndInsertEvents(
  tx: Transaction<Database>,
  { ids, client }: { ids: readonly number[]; client: ClientInfo },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    with gone as (
      delete from users where id = any(${ids}::bigint[]) and id in (select user_id from django_users) returning id
    )
    insert into auth_events (kind, user_id, ip, user_agent)
    select 'user_deleted', id, ${client.ip}::inet, ${client.userAgent}::text from gone`.execute(tx)
  await deleteDjangoUsers(tx, ids)
  return Number(numAffectedRows)
}
