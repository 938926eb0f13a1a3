import { randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { UserToAuthenticate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import { emailVerificationMail } from '../mails/write-email-verification.ts'

/** Whether a user with the right password must verify the email first. */
export function mustVerify({ settings }: Auth, { isEmailVerified }: UserToAuthenticate): boolean {
  return settings.mails.verification === 'required' && !isEmailVerified
}

/** Asks for another mail to verify the email, and returns the error for the login. */
export async function refuseUnverified(
  { db }: Auth,
  { client }: Caller,
  { id: userId, email }: UserToAuthenticate,
): Promise<AuthError> {
  await db.transaction().execute(async (tx) => {
    const asked = { mailId: randomUUID(), email, browserHash: null, registrationId: null, ...client }
    await emailVerificationMail.add(tx, asked)
    const detail = { because: 'email_not_verified' }
    await insertEvent(tx, { kind: 'login_failed', userId, client, detail })
  })
  return new AuthError('email_not_verified')
}
