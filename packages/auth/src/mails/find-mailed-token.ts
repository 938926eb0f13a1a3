import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import type { TokenPurpose } from '../db/mail-tables.ts'
import { updateCodeAttempts } from '../db/by-engine.ts'
import { findOneTimeToken, type OneTimeToken } from '../db/one-time-tokens.ts'
import { AuthError } from '../errors.ts'
import { hashBrowserSecret } from './mail-access.ts'
import { readLink } from './mail-secrets.ts'

/** What a mailed link or code is presented with: the link's token, or the email and the code. */
export interface MailedProof {
  token?: string | undefined
  email?: string | undefined
  code?: string | undefined
  /** The secret of the browser that asks. */
  browser?: string | undefined
}

/**
 * Finds the token that a mailed link or code proves. Every wrong one gets the same error, but a
 * link that was used gets an error of its own. Each try of a code counts before it is compared.
 * @throws {AuthError} link_invalid: unknown, forged, expired, superseded, or void because the
 *   user's password, email or activity changed; link_used
 */
export async function findMailedToken(
  auth: Auth,
  caller: Caller,
  { purpose, proof }: { purpose: TokenPurpose; proof: MailedProof },
): Promise<OneTimeToken> {
  if (proof.token !== undefined) return findByLink(auth, purpose, proof.token)
  return findByCode(auth, caller, { purpose, of: { email: proof.email ?? '' }, proof })
}

interface CodeToFind {
  purpose: TokenPurpose
  of: { email: string } | { userId: number; id: string }
  proof: Pick<MailedProof, 'code' | 'browser'>
}

/**
 * Finds the token that a mailed code proves, and counts the try.
 * @throws {AuthError} link_invalid: wrong, or tried too often
 */
export async function findByCode(
  auth: Auth,
  { client }: Caller,
  { purpose, of, proof: { code = '', browser } }: CodeToFind,
): Promise<OneTimeToken> {
  const attempt = { of, purpose, browserHash: hashBrowserSecret(browser), ip: client.ip }
  const token = await updateCodeAttempts(auth.db, attempt)
  if (token === undefined || !auth.mailSecrets.isCode(token, code)) throw new AuthError('link_invalid')
  return token
}

async function findByLink(auth: Auth, purpose: TokenPurpose, text: string): Promise<OneTimeToken> {
  const link = readLink(text)
  const token = link && (await findOneTimeToken(auth.db, link))
  if (link === undefined || token === undefined || token.purpose !== purpose)
    throw new AuthError('link_invalid')
  if (token.isConsumed) throw new AuthError('link_used')
  if (token.isExpired || !auth.mailSecrets.isLink(token, link.mac)) throw new AuthError('link_invalid')
  return token
}
