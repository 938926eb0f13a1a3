import type { PasswordResetState } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { findOneTimeToken } from '../db/one-time-tokens.ts'
import type { MailedProof } from '../mails/find-mailed-token.ts'
import { readLink } from '../mails/mail-secrets.ts'
import { checkMailedLink } from './check-mailed-link.ts'

/**
 * Returns the purpose of a proof that confirms a change of email. The mail to the old email has one
 * link, which agrees to the change and undoes it. A code with an email is that of the new one.
 */
export async function findChangePurpose(
  { db }: Pick<Auth, 'db'>,
  { token }: MailedProof,
): Promise<'undo' | 'confirm_change'> {
  const link = token === undefined ? undefined : readLink(token)
  const found = link && (await findOneTimeToken(db, link))
  return found?.purpose === 'undo' ? 'undo' : 'confirm_change'
}

/**
 * Does what `checkMailedLink` does for the link of either mailbox.
 * @throws {AuthError} mail_off; link_invalid, also for a wrong code; link_used
 */
export async function checkEmailChange(
  auth: Auth,
  caller: Caller,
  proof: MailedProof,
): Promise<PasswordResetState> {
  const purpose = await findChangePurpose(auth, proof)
  return checkMailedLink(auth, caller, { purpose, proof })
}
