import { randomUUID } from 'node:crypto'
import { detailTexts } from '@pockitflyer/auth-protocol/errors'
import type { RegisterInput } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertRegistration } from '../db/registrations.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { hashBrowserSecret } from '../mails/mail-access.ts'
import { emailVerificationMail } from '../mails/write-email-verification.ts'

/**
 * Keeps a registration until its reader proves the email, and asks for the mail to do so. The
 * service looks no user up: one hash, one row and one job for any email, so that neither the answer
 * nor its time tells whether there is an account.
 * @throws {AuthError} overloaded
 */
export async function requestRegistration(
  auth: Auth,
  { client }: Caller,
  { email, password, display_name: displayName, browser }: RegisterInput,
): Promise<{ detail: string }> {
  const passwordHash = await auth.passwords.hash(password)
  const id = randomUUID()
  const browserHash = hashBrowserSecret(browser)
  await auth.db.transaction().execute(async (tx) => {
    await insertRegistration(tx, {
      id,
      email: foldEmail(email),
      typedEmail: email,
      passwordHash,
      displayName,
      browserHash,
      client,
    })
    const asked = { mailId: randomUUID(), email, browserHash, registrationId: id, ...client }
    await emailVerificationMail.add(tx, asked)
  })
  return { detail: detailTexts.mailSent }
}
