import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'

/** Returns whether a user gets mails of new devices; false for a user who is gone. */
export async function getsNewDeviceMails(db: Kysely<Database>, userId: number): Promise<boolean> {
  const user = await db
    .selectFrom('users')
    .select('mails_new_devices')
    .where('id', '=', userId)
    .executeTakeFirst()
  return user?.mails_new_devices ?? false
}

/** Sets whether a user gets mails of new devices. Returns false if it was so already. */
export async function updateNewDeviceMails(
  tx: Transaction<Database>,
  { userId, isOn }: { userId: number; isOn: boolean },
): Promise<boolean> {
  const changed = await tx
    .updateTable('users')
    .set({ mails_new_devices: isOn })
    .where('id', '=', userId)
    .where('mails_new_devices', '!=', isOn)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
