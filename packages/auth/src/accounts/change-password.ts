import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import type { ChangePasswordInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { insertEvent } from '../db/auth-events.ts'
import { updateSessionPasswordChange, updateCheckedUserPasswordHash } from '../db/password-hashes.ts'
import type { LiveSession } from '../db/sessions.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { AuthError } from '../errors.ts'
import { notifyWithUndo } from '../mails/notify.ts'
import { isSamePassword } from '../passwords/spellings.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'
import { type IssuedTokens, issueTokens } from '../sessions/issue-tokens.ts'
import { startSession } from '../sessions/start-session.ts'
import { assertPasswordRight, getCurrentHash, ownerOf } from './current-password.ts'
import { findRepeatedChange, joinPasswords, nameAsker } from './repeat-password-change.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

interface Change extends AuthenticatedCaller {
  input: ChangePasswordInput
}

/**
 * Replaces the caller's password, revokes every session of theirs, including the one that calls,
 * and starts a new one in the same transaction (OWASP Session Management, "Renew the Session ID
 * After Any Privilege Level Change"): a copy of an older token is worth nothing. Returns the tokens
 * of the new session, and returns them again if the request is repeated within 30 seconds. Of two
 * concurrent changes, the later finds its session ended.
 * @throws {AuthError} invalid_input with `fields.current_password` or `fields.new_password`;
 *   throttled; overloaded; user_not_found, user_inactive, session_ended
 */
export async function changePassword(
  auth: Auth,
  caller: AuthenticatedCaller,
  input: ChangePasswordInput,
): Promise<IssuedTokens> {
  const change = { ...caller, input }
  try {
    return await issueTokens(auth, await startAnew(auth, change))
  } catch (error) {
    const hasEnded = error instanceof AuthError && error.code === 'session_ended'
    const repeated = hasEnded ? await findRepeatedChange(auth, change) : undefined
    if (repeated === undefined) throw error
    return issueTokens(auth, repeated)
  }
}

/**
 * Counts only callers who may act: a token whose session has ended takes nothing from the owner's
 * limit.
 */
async function startAnew(auth: Auth, change: Change): Promise<LiveSession> {
  const checkedHash = await getCurrentHash(auth, change.claims)
  await auth.limits.passwordChanges.consume(String(change.claims.user_id))
  const session =
    (await attempt(auth, change, checkedHash)) ??
    (await attempt(auth, change, await getCurrentHash(auth, change.claims)))
  if (session === undefined) {
    throw new AuthError('invalid_input', { fields: { current_password: [fieldTexts.wrongPassword] } })
  }
  return session
}

/** Returns `undefined` if the hash changed since it was checked: a login may have rehashed it. */
async function attempt(
  auth: Auth,
  { claims, input, client }: Change,
  checkedHash: string,
): Promise<LiveSession | undefined> {
  const { user_id: userId } = claims
  await checkPasswords(auth, { claims, input, client }, checkedHash)
  const [passwordHash, pairHash] = await Promise.all([
    auth.passwords.hash(input.new_password),
    auth.passwords.hash(joinPasswords(input)),
  ])
  return inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    const changed = await updateCheckedUserPasswordHash(tx, { userId, checkedHash, passwordHash })
    if (changed === undefined) return undefined
    await revokeSessionsAndInsertEvents(tx, { because: 'password_changed', client, userId })
    await insertEvent(tx, { kind: 'password_changed', client, ...ownerOf(claims) })
    await notifyWithUndo(tx, auth.settings, { userId, notice: 'password_changed', client })
    const starting = { userId, checkedHash: passwordHash, rehash: undefined, client }
    const session = await startSession({ ...auth, db: tx }, starting)
    if (session === undefined) throw new AuthError('user_inactive')
    await updateSessionPasswordChange(tx, {
      sessionId: session.id,
      userId,
      askedBy: nameAsker(claims),
      pairHash,
    })
    return session
  })
}

async function checkPasswords(
  auth: Auth,
  { claims, input, client }: Change,
  checkedHash: string,
): Promise<void> {
  await assertPasswordRight(
    auth,
    { claims, client },
    { hash: checkedHash, password: input.current_password, failure: 'password_change_failed' },
  )
  if (isSamePassword(input.new_password, input.current_password)) {
    throw new AuthError('invalid_input', { fields: { new_password: [fieldTexts.samePassword] } })
  }
  await assertPasswordAllowed(auth, input.new_password, 'new_password')
}
