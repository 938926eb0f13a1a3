import type { Auth } from '../auth.ts'
import { insertEvent } from '../db/auth-events.ts'
import { findUserByEmail } from '../db/by-engine.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { AuthError } from '../errors.ts'
import { toAddressKeys } from '../throttle/address-key.ts'
import type { LoginAttempt } from '../throttle/login-counters.ts'

/**
 * Records a login that a limit refused, once a minute for each address and account. A limit of the
 * address is recorded once for the address, so that invented emails do not fill the audit. Each
 * process counts by itself.
 */
export async function recordThrottledLogin(
  auth: Pick<Auth, 'db' | 'limits'>,
  { email, client }: Pick<LoginAttempt, 'email' | 'client'>,
  limit: string,
): Promise<void> {
  const [{ key: address }] = toAddressKeys(client.ip)
  const key = limit.endsWith('_address') ? address : `${address}:${foldEmail(email)}`
  try {
    await auth.limits.throttledLogins.consume(key)
  } catch (error) {
    if (error instanceof AuthError) return
    throw error
  }
  const user = await findUserByEmail(auth.db, email)
  await insertEvent(auth.db, {
    kind: 'login_throttled',
    userId: user?.id ?? null,
    client,
    detail: { limit },
  })
}
