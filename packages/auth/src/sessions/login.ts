import type { LoginInput, LoginResult, Session } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { LiveSession } from '../db/sessions.ts'
import { findUserByEmail, type UserToAuthenticate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import type { LoginAttempt } from '../throttle/login-counters.ts'
import type { RecordedLogin } from '../throttle/login-throttle.ts'
import { findKnownDevice } from './known-device.ts'
import { issueTokens } from './issue-tokens.ts'
import { mustVerify, refuseUnverified } from './refuse-unverified.ts'
import { startSession } from './start-session.ts'
import { recordThrottledLogin } from './throttled-login.ts'

/**
 * Logs a user in with email and password and starts a session. Two round trips to the database.
 * @throws {AuthError} invalid_credentials: unknown email, wrong password, unusable password and
 *   inactive user alike, after the same work (OWASP Authentication, "Authentication Responses");
 *   email_not_verified, after a right password; throttled; overloaded
 */
export async function login(auth: Auth, caller: Caller, input: LoginInput): Promise<LoginResult> {
  const session = await tryLogin(auth, caller, input)
  if (session === undefined) throw new AuthError('invalid_credentials')
  return session
}

/**
 * Does what `login` does, but returns `undefined` on a failure, which it records all the same.
 * @throws {AuthError} email_not_verified; throttled; overloaded
 */
export async function tryLogin(
  auth: Auth,
  { client }: Caller,
  input: LoginInput,
): Promise<LoginResult | undefined> {
  const known = await findKnownDevice(auth, input)
  const recorded = await admitLogin(auth, {
    email: input.email,
    client,
    deviceId: known.deviceId,
  })
  const isKnownDevice = known.deviceId !== undefined
  const { user, session, isUnverified } = await attemptTwice(auth, {
    ...input,
    client,
    user: known.user,
    isKnownDevice,
  }).catch(async (error: unknown) => {
    await recorded.refund()
    throw error
  })
  if (user !== undefined && isUnverified) {
    await recorded.clear()
    throw await refuseUnverified(auth, { client }, user)
  }
  if (user === undefined || session === undefined) {
    await Promise.all([
      recorded.fail(),
      insertEvent(auth.db, { kind: 'login_failed', userId: user?.id ?? null, client }),
    ])
    return undefined
  }
  await recorded.clear()
  return toLoginResult(auth, session, user)
}

async function admitLogin(auth: Auth, attempt: LoginAttempt): Promise<RecordedLogin> {
  try {
    return await auth.limits.logins.record(attempt)
  } catch (error) {
    if (error instanceof AuthError && error.code === 'throttled')
      await recordThrottledLogin(auth, attempt, error)
    throw error
  }
}

/** The answer of a login: its tokens, a device token and the user. */
export async function toLoginResult(
  auth: Auth,
  session: LiveSession,
  user: AnsweredUser,
): Promise<LoginResult> {
  return {
    ...(await issueTokens(auth, session)),
    user: toUser(auth, user),
    device_token: auth.deviceTokens.issue({
      email: session.email,
      userId: session.userId,
      issuedAt: session.now,
    }),
  }
}

interface Attempt extends LoginInput, Caller {
  /** Where they were looked up already. */
  user: UserToAuthenticate | undefined
  isKnownDevice: boolean
}

async function attemptTwice(auth: Auth, input: Attempt) {
  const first = await attempt(auth, input)
  return first.isOvertaken ? attempt(auth, { ...input, user: undefined }) : first
}

/**
 * An attempt is overtaken if its user changed since the password was checked: another login may
 * have rehashed it. An inactive user's password is compared as an unknown email's is, so that their
 * hash cannot show.
 */
async function attempt(auth: Auth, { email, password, client, user: known, isKnownDevice }: Attempt) {
  const { db, passwords } = auth
  const user = known ?? (await findUserByEmail(db, email))
  const isRight = await passwords.verify(user?.isActive ? user.passwordHash : undefined, password)
  const failed = { user, session: undefined, isOvertaken: false, isUnverified: false }
  if (!user || !isRight) return failed
  if (mustVerify(auth, user)) return { ...failed, isUnverified: true }
  const session = await startSession(auth, {
    userId: user.id,
    checkedHash: user.passwordHash,
    rehash: passwords.isOutdated(user.passwordHash) ? await passwords.hash(password) : undefined,
    client,
    tellsNewDevice: auth.settings.mails.isOn && !isKnownDevice,
  })
  return { user, session, isOvertaken: session === undefined, isUnverified: false }
}

interface AnsweredUser {
  id: number
  email: string
  isEmailVerified: boolean
  displayName: string
  bio: string
}

/**
 * Converts a user to the shape of every answer: never with a password or a hash. Whether the email
 * is verified, it says only where the setting is not off: Django's answer has no such field.
 */
export function toUser(
  { settings }: Pick<Auth, 'settings'>,
  { id, email, isEmailVerified, displayName, bio }: AnsweredUser,
): Session['user'] {
  return {
    id,
    email,
    ...(settings.mails.verification !== 'off' && { email_verified: isEmailVerified }),
    profile: { display_name: displayName, bio },
  }
}
