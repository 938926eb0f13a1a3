import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { findRegistration, type Registration } from '../db/registrations.ts'
import { updateRegistrationCodeAttempts } from '../db/registration-codes.ts'
import { foldEmail } from '../emails/fold-email.ts'
import type { MailedProof } from './find-mailed-token.ts'
import { hashBrowserSecret } from './mail-access.ts'
import { readLink, type SecretSource } from './mail-secrets.ts'

/**
 * Finds the registration that a mailed link or code proves, a consumed one too. A try of a code
 * counts before it is compared. Returns `undefined` if it proves none.
 */
export async function findProvenRegistration(
  auth: Auth,
  { client }: Caller,
  { token, email = '', code = '', browser }: MailedProof,
): Promise<Registration | undefined> {
  const { db, mailSecrets } = auth
  if (token !== undefined) {
    const link = readLink(token)
    const found = link?.userId === 0 ? await findRegistration(db, { id: link.id }) : undefined
    const isProven = link && found && mailSecrets.isLink(toSecretSource(found), link.mac)
    return isProven && (found.isConsumed || !found.isExpired) ? found : undefined
  }
  const asker = { email: foldEmail(email), browserHash: hashBrowserSecret(browser), ip: client.ip }
  const waiting = await updateRegistrationCodeAttempts(db, asker)
  return waiting.find((one) => mailSecrets.isCode(toSecretSource(one), code))
}

/** What the link and the code of a registration are derived from. */
export function toSecretSource({ id, email, codeRound }: Registration): SecretSource {
  return {
    purpose: 'register',
    id,
    userId: 0,
    email,
    codeRound,
    userEmail: email,
    isActive: true,
    passwordChangedAt: '',
  }
}
