import type { EmailVerificationCheck, EmailVerificationState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { findRegistrant } from '../db/registrants.ts'
import { AuthError } from '../errors.ts'
import { findVerification, sourceOf, type Verification } from '../mails/find-verification.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'
import { readDevice } from '../sessions/device.ts'

/**
 * Tells the reader of a mail who registered with the email, when and from where, so that they can
 * say that it was another person. Changes nothing. The link is enough to verify: `is_open` tells a
 * page whether a person can be expected to press its button, since it is in the browser that
 * registered or has the code of the mail. A code that is presented with its link counts no try.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code
 */
export async function checkEmailVerification(
  auth: Auth,
  caller: Caller,
  { token, code, browser }: EmailVerificationCheck,
): Promise<EmailVerificationState> {
  assertMailIsOn(auth)
  const verification = await findVerification(auth, caller, { token })
  const { found } = verification
  if (code !== undefined && !auth.mailSecrets.isCode(sourceOf(verification), code))
    throw new AuthError('link_invalid')
  const isHere = found.browserHash !== null && found.browserHash === hashBrowserSecret(browser)
  return {
    is_open: isHere || code !== undefined,
    is_done: found.isConsumed,
    registrant: await describeRegistrant(auth, verification),
  }
}

async function describeRegistrant({ db }: Auth, { kind, found }: Verification) {
  const registrant = kind === 'registration' ? found : await findRegistrant(db, found.userId)
  if (registrant === undefined) throw new AuthError('link_invalid')
  const { displayName, createdAt, ip, userAgent } = registrant
  return {
    display_name: displayName ?? '',
    created_at: createdAt.toISOString(),
    device: readDevice(userAgent),
    ip,
  }
}
