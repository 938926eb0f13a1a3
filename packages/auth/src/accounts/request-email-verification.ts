import { randomUUID } from 'node:crypto'
import type { EmailVerificationRequest } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'
import { emailVerificationMail } from '../mails/write-email-verification.ts'

/**
 * Asks for another mail with which its reader proves the email. The service looks no user up, so
 * that neither the answer nor its time tells whether one waits.
 * @throws {AuthError} mail_off; throttled, by the address that asks
 */
export async function requestEmailVerification(
  auth: Auth,
  { client }: Caller,
  { email, browser }: EmailVerificationRequest,
): Promise<Record<string, never>> {
  assertMailIsOn(auth)
  await auth.limits.mailRequests.consume(client.ip)
  const browserHash = hashBrowserSecret(browser)
  const asked = { mailId: randomUUID(), email, browserHash, registrationId: null, ...client }
  await emailVerificationMail.add(auth.db, asked)
  return {}
}
