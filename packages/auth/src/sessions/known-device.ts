import type { LoginInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import { findUserByEmail, type UserToAuthenticate } from '../db/users.ts'

/** A login with a device token that was issued for its email. */
export interface KnownDevice {
  /** The user as they are now. */
  user: UserToAuthenticate | undefined
  /** Names the token; `undefined` where it counts no more. */
  deviceId: string | undefined
}

/**
 * Finds out whether the device token of a login counts: it was issued for this account, after the
 * last change of the password. Asks the database only if the token is genuine, and returns the
 * user, so that the login need not look it up again.
 */
export async function findKnownDevice(
  { db, deviceTokens }: Pick<Auth, 'db' | 'deviceTokens'>,
  { email, device_token }: LoginInput,
): Promise<KnownDevice> {
  const token = deviceTokens.read(device_token, email)
  if (token === undefined) return { user: undefined, deviceId: undefined }
  const user = await findUserByEmail(db, email)
  const counts = user !== undefined && user.id === token.userId && user.passwordChangedAt <= token.issuedAt
  return { user, deviceId: counts ? token.id : undefined }
}
