import type { PasswordResetCheck, PasswordResetState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { checkMailedLink } from '../mails/check-mailed-link.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'

/**
 * Tells a page whether it may show the form for a new password.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function checkPasswordReset(
  auth: Auth,
  caller: Caller,
  proof: PasswordResetCheck,
): Promise<PasswordResetState> {
  assertMailIsOn(auth)
  return checkMailedLink(auth, caller, { purpose: 'reset_password', proof })
}
