import type { Transaction } from 'kysely'
import type { Database } from './database.ts'

/** Replaces the texts of a user's profile. */
export async function updateProfileOfUser(
  tx: Transaction<Database>,
  { userId, displayName, bio }: { userId: number; displayName: string; bio: string },
): Promise<void> {
  await tx
    .updateTable('profiles')
    .set({ display_name: displayName, bio })
    .where('user_id', '=', userId)
    .execute()
}
