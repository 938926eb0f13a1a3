import type { LoginInput, LoginResult, Session } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { LiveSession } from '../db/sessions.ts'
import { AuthError } from '../errors.ts'
import type { FoundUser } from '../throttle/count-login.ts'
import type { DeviceToken } from '../throttle/device-tokens.ts'
import type { LoginAttempt } from '../throttle/login-counters.ts'
import type { RecordedLogin } from '../throttle/login-throttle.ts'
import { findUserAndDevice } from './find-user-and-device.ts'
import { issueTokens } from './issue-tokens.ts'
import { mustVerify, refuseUnverified } from './refuse-unverified.ts'
import { startLoginSession } from './start-login-session.ts'
import { recordThrottledLogin } from './throttled-login.ts'

/**
 * Logs a user in with email and password and starts a session. Two round trips to the database,
 * with limits or without.
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
  const { email } = input
  const token = auth.deviceTokens.read(input.device_token, email)
  const recorded = await admitLogin(auth, { email, client, deviceId: undefined, token })
  const { user, session, isUnverified } = await attemptTwice(auth, {
    ...input,
    client,
    token,
    recorded,
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
  return toLoginResult(auth, session, user)
}

async function admitLogin(auth: Auth, attempt: LoginAttempt): Promise<RecordedLogin> {
  try {
    return await auth.limits.logins.record(attempt)
  } catch (error) {
    if (error instanceof AuthError && error.limit) await recordThrottledLogin(auth, attempt, error.limit.name)
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
  token: DeviceToken | undefined
  recorded: RecordedLogin
}

/** Looks the user up again for a second attempt: they changed during the first. */
async function attemptTwice(auth: Auth, input: Attempt) {
  const first = await attempt(auth, input, input.recorded.found ?? (await findUserAndDevice(auth, input)))
  return first.isOvertaken ? attempt(auth, input, await findUserAndDevice(auth, input)) : first
}

/**
 * An attempt is overtaken if its user changed since the password was checked: another login may
 * have rehashed it. An inactive user's password is compared as an unknown email's is, so that their
 * hash cannot show.
 */
async function attempt(auth: Auth, { password, client, recorded }: Attempt, { user, deviceId }: FoundUser) {
  const { passwords } = auth
  const isRight = await passwords.verify(user?.isActive ? user.passwordHash : undefined, password)
  const failed = { user, session: undefined, isOvertaken: false, isUnverified: false }
  if (!user || !isRight) return failed
  if (mustVerify(auth, user)) return { ...failed, isUnverified: true }
  const starting = {
    userId: user.id,
    checkedHash: user.passwordHash,
    rehash: passwords.isOutdated(user.passwordHash) ? await passwords.hash(password) : undefined,
    client,
    tellsNewDevice: auth.settings.mails.isOn && deviceId === undefined,
  }
  const session = await startLoginSession(auth, starting, recorded)
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
