import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import { findOneTimeToken, type OneTimeToken, updateTokenConsumed } from '../db/one-time-tokens.ts'
import { AuthError } from '../errors.ts'

/**
 * Consumes a token that `findMailedToken` found before the transaction. The transaction holds the
 * lock of the user's row: what the secret depends on is compared once more. Of concurrent uses one
 * wins.
 * @throws {AuthError} link_used: it was consumed meanwhile, or its user has changed
 */
export async function consumeToken(tx: Transaction<Database>, checked: OneTimeToken): Promise<void> {
  const isSame = hasSameState(checked, await findOneTimeToken(tx, checked))
  if (!isSame || !(await updateTokenConsumed(tx, checked))) throw new AuthError('link_used')
}

function hasSameState(checked: OneTimeToken, now: OneTimeToken | undefined): boolean {
  return (
    now !== undefined &&
    now.passwordChangedAt === checked.passwordChangedAt &&
    now.userEmail === checked.userEmail &&
    now.isActive === checked.isActive
  )
}
