import type { PasswordResetState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import type { TokenPurpose } from '../db/mail-tables.ts'
import { findByCode, findMailedToken, type MailedProof } from '../mails/find-mailed-token.ts'
import { assertMailIsOn, hashBrowserSecret } from '../mails/mail-access.ts'

/**
 * Returns whether a page may go on from a mailed link with no more than a button: in the browser
 * that asked for the mail, and in any other with the code of the mail, which is enough with the
 * email too. A robot that opens the links of mails gets no further. Consumes nothing.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function checkMailedLink(
  auth: Auth,
  caller: Caller,
  { purpose, proof }: { purpose: TokenPurpose; proof: MailedProof },
): Promise<PasswordResetState> {
  assertMailIsOn(auth)
  const { token: link, email = '', code, browser } = proof
  if (link === undefined) {
    await findByCode(auth, caller, { purpose, of: { email }, proof })
    return { is_open: true }
  }
  const token = await findMailedToken(auth, caller, { purpose, proof: { token: link } })
  if (token.browserHash !== null && token.browserHash === hashBrowserSecret(browser)) return { is_open: true }
  if (code === undefined) return { is_open: false }
  await findByCode(auth, caller, { purpose, of: token, proof })
  return { is_open: true }
}
