import type { Auth } from '../auth.ts'
import { findUserByEmail } from '../db/by-engine.ts'
import type { FoundUser } from '../throttle/count-login.ts'
import { type DeviceToken, isDeviceOf } from '../throttle/device-tokens.ts'

/**
 * Finds the user that an email names, and whether a genuine device token counts: it was issued for
 * this account, after the last change of the password.
 */
export async function findUserAndDevice(
  { db }: Pick<Auth, 'db'>,
  { email, token }: { email: string; token: DeviceToken | undefined },
): Promise<FoundUser> {
  const user = await findUserByEmail(db, email)
  return { user, deviceId: token && isDeviceOf(user, token) ? token.id : undefined }
}
