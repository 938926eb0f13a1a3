import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import { findOneTimeToken, type OneTimeToken } from '../db/one-time-tokens.ts'
import type { Registration } from '../db/registrations.ts'
import { AuthError } from '../errors.ts'
import { findByCode, type MailedProof } from './find-mailed-token.ts'
import { findProvenRegistration, toSecretSource } from './find-proven-registration.ts'
import { readLink, type SecretSource } from './mail-secrets.ts'

/** Whose email a mailed link or code proves: that of a registration, or of a user. */
export type Verification =
  | { kind: 'registration'; found: Registration }
  | { kind: 'user'; found: OneTimeToken }

/**
 * Finds what a mailed link or code verifies, also where it was used before. A try of a code counts
 * before it is compared.
 * @throws {AuthError} link_invalid
 */
export async function findVerification(
  auth: Auth,
  caller: Caller,
  proof: MailedProof,
): Promise<Verification> {
  const registration = await findProvenRegistration(auth, caller, proof)
  if (registration !== undefined) return { kind: 'registration', found: registration }
  return { kind: 'user', found: await getToken(auth, caller, proof) }
}

/** What the link and the code of a verification are derived from. */
export function sourceOf({ kind, found }: Verification): SecretSource {
  return kind === 'registration' ? toSecretSource(found) : found
}

const purpose = 'verify_email'

async function getToken(auth: Auth, caller: Caller, proof: MailedProof): Promise<OneTimeToken> {
  const { token: text, email = '' } = proof
  if (text === undefined) return findByCode(auth, caller, { purpose, of: { email }, proof })
  const link = readLink(text)
  const token = link && (await findOneTimeToken(auth.db, link))
  if (token?.purpose !== purpose || !auth.mailSecrets.isLink(token, link?.mac ?? ''))
    throw new AuthError('link_invalid')
  if (token.isExpired && !token.isConsumed) throw new AuthError('link_invalid')
  return token
}
