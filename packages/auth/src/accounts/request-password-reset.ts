import { randomUUID } from 'node:crypto'
import type { PasswordResetRequest } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'
import { passwordResetMail } from '../mails/write-password-reset.ts'

/**
 * Asks for a mail with which its reader can choose another password. The service looks no user up:
 * it adds a job, one statement for any email. So neither the answer nor its time tells
 * whether there is an account (OWASP Forgot Password, "Forgot Password Request").
 * @throws {AuthError} mail_off; throttled, by the address that asks
 */
export async function requestPasswordReset(
  auth: Auth,
  { client }: Caller,
  { email, browser }: PasswordResetRequest,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  await auth.limits.mailRequests.consume(client.ip)
  const browserHash = hashBrowserSecret(browser)
  await passwordResetMail.add(auth.db, { mailId: randomUUID(), email, browserHash, ...client })
  return {}
}
