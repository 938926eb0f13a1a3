import { randomUUID } from 'node:crypto'
import { errorTable } from '@pockitflyer/auth-protocol/errors'
import type { LoginResult, RegisterInput, RegisterResult } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { AuthError } from '../errors.ts'
import { toLoginResult, tryLogin } from '../sessions/login.ts'
import { startSession } from '../sessions/start-session.ts'
import { hashBrowserSecret } from '../mails/mail-access.ts'
import { emailVerificationMail } from '../mails/write-email-verification.ts'
import { requestRegistration } from './request-registration.ts'
import { insertAccount, insertInTransaction } from './insert-account.ts'
import { assertPasswordAllowed } from './assert-password-allowed.ts'

/**
 * Adds an account and logs its user in. A registration of an email that is taken is a login with
 * that password: after a lost answer, or for an owner who forgot. The account stays as it is. Under
 * `EMAIL_VERIFICATION=required` it only asks for a mail, alike whether or not the email is taken.
 * @throws {AuthError} registration_closed; invalid_input with `fields.password` when it may not be
 *   chosen; email_unavailable when the email is taken and the login fails for any reason;
 *   throttled; overloaded
 */
export async function register(auth: Auth, caller: Caller, input: RegisterInput): Promise<RegisterResult> {
  if (!auth.settings.registration) throw new AuthError('registration_closed')
  await assertPasswordAllowed(auth, input.password)
  await auth.limits.registrations.consume(caller.client.ip)
  if (auth.settings.mails.verification === 'required') return requestRegistration(auth, caller, input)
  const session = (await addAccount(auth, caller, input)) ?? (await tryLogin(auth, caller, input))
  if (session === undefined) throw emailUnavailable()
  return session
}

/** Returns `undefined` if the email is taken, also by a concurrent registration. */
async function addAccount(
  auth: Auth,
  { client }: Caller,
  { email, password, display_name: displayName, browser }: RegisterInput,
): Promise<LoginResult | undefined> {
  const passwordHash = await auth.passwords.hash(password)
  const added = await insertInTransaction(auth.db, async (tx) => {
    const account = { email, passwordHash, isActive: true, displayName, bio: undefined }
    const user = await insertAccount(tx, account, { client, userIdGap: auth.settings.userIdGap })
    if (user === undefined) return undefined
    const starting = { userId: user.id, checkedHash: passwordHash, rehash: undefined, client }
    const session = await startSession({ ...auth, db: tx }, starting)
    if (session === undefined) return undefined
    if (auth.settings.mails.verification !== 'off') {
      const browserHash = hashBrowserSecret(browser)
      const asked = { mailId: randomUUID(), email, browserHash, registrationId: null, ...client }
      await emailVerificationMail.add(tx, asked)
    }
    return { user, session }
  })
  if (added === undefined) return undefined
  return toLoginResult(auth, added.session, { ...added.user, email, isEmailVerified: false })
}

/** The error for an email that is taken, at the field of the email. */
export function emailUnavailable(): AuthError {
  return new AuthError('email_unavailable', { fields: { email: [errorTable.email_unavailable.text] } })
}
