import type { Auth } from '../auth.ts'
import { endSessions } from '../db/ended-sessions.ts'
import { type Client, insertEvent } from '../db/events.ts'
import { findPasswordOfCaller, updateCheckedPasswordHash } from '../db/password-hashes.ts'
import { AuthError } from '../errors.ts'
import type { ChangePasswordInput } from '../schema.ts'
import { lockCaller, requireCaller } from '../sessions/caller.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { requireGoodPassword } from './require-good-password.ts'

/** What a user is told whose current password is wrong. */
export const wrongPassword = 'Your current password was entered incorrectly. Please enter it again.'

/** What a user is told who chooses the password that they have. */
export const samePassword = 'The new password must differ from the current one.'

interface Change {
  claims: TokenClaims
  input: ChangePasswordInput
  client: Client
}

/**
 * Gives the caller another password and ends every session of theirs but the one that asks. Of two changes at once, the later
 * finds that its current password is no longer right.
 * @throws {AuthError} invalid_input with `fields.current_password` or `fields.new_password`; throttled; overloaded;
 * user_not_found, user_inactive, session_ended
 */
export async function changePassword(auth: Auth, change: Change): Promise<Record<string, never>> {
  await auth.limits.passwordChanges.consume(String(change.claims.user_id))
  const isChanged = (await attempt(auth, change)) || (await attempt(auth, change))
  if (!isChanged) throw new AuthError('invalid_input', { fields: { current_password: [wrongPassword] } })
  return {}
}

/** An attempt comes to nothing when the hash changed since it was checked: by a login that renewed it, say. */
async function attempt(auth: Auth, { claims, input, client }: Change): Promise<boolean> {
  const { user_id: userId, sid } = claims
  const caller = await findPasswordOfCaller(auth.db, { userId, sessionId: sid })
  const { passwordHash: checkedHash } = await requireCaller(auth.db, caller, claims)
  await checkPasswords(auth, input, checkedHash)
  const passwordHash = await auth.passwords.hash(input.new_password)
  return auth.db.transaction().execute(async (tx) => {
    await lockCaller(tx, claims)
    const changed = await updateCheckedPasswordHash(tx, { userId, checkedHash, passwordHash })
    if (changed === undefined) return false
    await endSessions(tx, { because: 'password_changed', client, userId, exceptSessionId: sid })
    await insertEvent(tx, {
      kind: 'password_changed',
      userId,
      client,
      ...(sid === undefined ? {} : { sessionId: sid }),
    })
    return true
  })
}

async function checkPasswords(auth: Auth, input: ChangePasswordInput, checkedHash: string): Promise<void> {
  const isRight = await auth.passwords.verify(checkedHash, input.current_password)
  if (!isRight) throw new AuthError('invalid_input', { fields: { current_password: [wrongPassword] } })
  if (input.new_password === input.current_password) {
    throw new AuthError('invalid_input', { fields: { new_password: [samePassword] } })
  }
  await requireGoodPassword(auth, input.new_password, 'new_password')
}
