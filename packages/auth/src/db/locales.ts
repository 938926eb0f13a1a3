import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'

/** Finds the language of mails to a user (BCP 47); null for none, and for a user who is gone. */
export async function findLocale(db: Kysely<Database>, userId: number): Promise<string | null> {
  const user = await db.selectFrom('users').select('locale').where('id', '=', userId).executeTakeFirst()
  return user?.locale ?? null
}

/** Sets the language of mails to a user. */
export async function updateLocale(
  tx: Transaction<Database>,
  { userId, locale }: { userId: number; locale: string | null },
): Promise<void> {
  await tx.updateTable('users').set({ locale }).where('id', '=', userId).execute()
}
