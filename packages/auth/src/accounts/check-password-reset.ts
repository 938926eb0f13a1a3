import type { PasswordResetCheck, PasswordResetState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { findByCode, findMailedToken } from '../mails/find-mailed-token.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'

/**
 * Tells a page whether it may show the form for a new password: in the browser that asked for the
 * mail, and in any other with the code of the mail, which is enough with the email too. A robot
 * that opens the links of mails gets no such form. Consumes nothing.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function checkPasswordReset(
  auth: Auth,
  caller: Caller,
  { token: link, email = '', code, browser }: PasswordResetCheck,
): Promise<PasswordResetState> {
  assertMailIsOn(auth)
  const purpose = 'reset_password'
  if (link === undefined) {
    await findByCode(auth, caller, { purpose, of: { email }, proof: { code, browser } })
    return { is_open: true }
  }
  const token = await findMailedToken(auth, caller, { purpose, proof: { token: link } })
  if (token.browserHash !== null && token.browserHash === hashBrowserSecret(browser)) return { is_open: true }
  if (code === undefined) return { is_open: false }
  await findByCode(auth, caller, { purpose, of: token, proof: { code, browser } })
  return { is_open: true }
}
