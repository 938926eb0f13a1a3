import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/** Who made an account, when and from where. */
export interface Registrant {
  displayName: string
  createdAt: Date
  ip: string | null
  userAgent: string | null
}

/** Finds who made an account. The audit knows from where, unless its event was pruned. */
export async function findRegistrant(db: Kysely<Database>, userId: number): Promise<Registrant | undefined> {
  return db
    .selectFrom('users as u')
    .innerJoin('profiles as p', 'p.user_id', 'u.id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('auth_events as e')
          .select([sql<string | null>`host(e.ip)`.as('ip'), 'e.user_agent'])
          .where('e.user_id', '=', userId)
          .where('e.kind', '=', 'user_added')
          .orderBy('e.id')
          .limit(1)
          .as('added'),
      (join) => join.onTrue(),
    )
    .select(['p.display_name as displayName', 'u.created_at as createdAt', 'added.ip'])
    .select('added.user_agent as userAgent')
    .where('u.id', '=', userId)
    .executeTakeFirst()
}

/**
 * Deletes a user who did not prove to read the email, with all that is theirs. The audit keeps its
 * events. Returns false if the email is verified.
 */
export async function deleteUnverifiedUser(tx: Transaction<Database>, userId: number): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('users')
    .where('id', '=', userId)
    .where('email_verified_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (deleted === undefined) return false
  await tx.deleteFrom('emails').where('user_id', '=', userId).execute() // Citus has no foreign key there.
  return true
}
