import type { EmailChangeProof, PasswordResetState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { checkMailedLink } from '../mails/check-mailed-link.ts'
import { assertMailIsOn } from '../mails/mail-access.ts'

/**
 * Tells a page whether a button alone may change the email.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function checkEmailChange(
  auth: Auth,
  caller: Caller,
  proof: EmailChangeProof,
): Promise<PasswordResetState> {
  assertMailIsOn(auth)
  return checkMailedLink(auth, caller, { purpose: 'confirm_change', proof })
}
