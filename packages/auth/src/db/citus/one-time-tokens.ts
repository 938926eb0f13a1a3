import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { type CodeAttempt, type OneTimeToken, updateCodeAttempts as update } from '../one-time-tokens.ts'
import { findUserIdByEmail } from './emails.ts'

/**
 * Counts one try of a code as on PostgreSQL, with the look-up of the email before it: the same
 * statements for an unknown email.
 */
export async function updateCodeAttempts(
  db: Kysely<Database>,
  attempt: CodeAttempt,
): Promise<OneTimeToken | undefined> {
  const { of } = attempt
  if ('userId' in of) return update(db, attempt)
  return update(db, { ...attempt, of: { userId: (await findUserIdByEmail(db, of.email)) ?? 0 } })
}
