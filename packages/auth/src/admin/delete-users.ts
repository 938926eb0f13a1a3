import type { Caller } from '../caller.ts'
import { deleteUsersAndInsertEvents } from '../db/deleted-users.ts'
import { lockImports } from '../db/imported-users.ts'
import type { Admin } from './admin.ts'

/**
 * Deletes imported users whom Django deleted, with their sessions; ids of others are left out.
 * Returns how many.
 * @throws {LeaderError} this service took over from Django
 * @example await deleteImportedUsers(admin, operator, { ids: [42] })
 */
export async function deleteImportedUsers(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { ids }: { ids: readonly number[] },
): Promise<number> {
  if (ids.length === 0) return 0
  return db.transaction().execute(async (tx) => {
    await lockImports(tx)
    return deleteUsersAndInsertEvents(tx, { ids, client })
  })
}
