import { errorTable } from '@pockitflyer/auth-protocol/errors'
import type { LoginResult, RegisterInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { AuthError } from '../errors.ts'
import { toLoginResult, tryLogin } from '../sessions/login.ts'
import { startSession } from '../sessions/start-session.ts'
import { insertAccount, insertInTransaction } from './insert-account.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

/**
 * Adds an account and logs its user in. Whoever registers an address that is taken is logging in
 * with that password: an answer that got lost, or an owner who forgot, gets a session, and the
 * account stays as it is.
 * @throws {AuthError} registration_closed; invalid_input with `fields.password` when that may not
 *   be chosen; email_unavailable when the address is taken and no login comes of it, for whatever
 *   reason; throttled; overloaded
 */
export async function register(auth: Auth, caller: Caller, input: RegisterInput): Promise<LoginResult> {
  if (!auth.config.registration) throw new AuthError('registration_closed')
  await assertPasswordAllowed(auth, input.password)
  await auth.limits.registrations.consume(caller.client.ip)
  const session = (await addAccount(auth, caller, input)) ?? (await tryLogin(auth, caller, input))
  if (session === undefined) throw emailUnavailable()
  return session
}

/** `undefined` when the address is taken, be it by another registration that is under way. */
async function addAccount(
  auth: Auth,
  { client }: Caller,
  { email, password, display_name: displayName }: RegisterInput,
): Promise<LoginResult | undefined> {
  const passwordHash = await auth.passwords.hash(password)
  const added = await insertInTransaction(auth.db, async (tx) => {
    const account = { email, passwordHash, isActive: true, displayName, bio: undefined }
    const user = await insertAccount(tx, account, { client, userIdGap: auth.config.userIdGap })
    if (user === undefined) return undefined
    const starting = { userId: user.id, checkedHash: passwordHash, rehash: undefined, client }
    const session = await startSession({ ...auth, db: tx }, starting)
    return session && { user, session }
  })
  if (added === undefined) return undefined
  return toLoginResult(auth, added.session, { ...added.user, email })
}

/** The refusal of an address that is taken, at the field of the address. */
export function emailUnavailable(): AuthError {
  return new AuthError('email_unavailable', { fields: { email: [errorTable.email_unavailable.text] } })
}
