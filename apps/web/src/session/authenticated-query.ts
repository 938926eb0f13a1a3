import { type AuthClient, isTokenRefused } from '@pockitflyer/auth-client'
import type { User } from '@pockitflyer/auth-protocol/schemas'
import { cookies, headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { readSession } from './cookies.ts'

/**
 * What the service answers to who looks at a page. `rejected`: it does not accept the access token.
 * `unavailable`: there is a session, but the service cannot be asked about it now.
 */
export type Reading<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'logged_out' }
  | { kind: 'rejected' }
  | { kind: 'unavailable' }

/** A question to the account service, asked as whoever its access token belongs to. */
export type Question<Answer> = (service: AuthClient) => Promise<Answer>

/**
 * Asks as the user whose session the request's cookies hold. It never refreshes: a page cannot set
 * cookies. Never throws.
 */
export async function readAsViewer<Answer>(question: Question<Answer>): Promise<Reading<Answer>> {
  const { access, refresh } = readSession(await cookies(), getEnvironment().isProduction)
  if (access !== undefined) {
    return read(createAccountService({ headers: await headers(), accessToken: access }), question)
  }
  // `proxy.ts` refreshes before the page renders: a refresh token alone means that it could not.
  return { kind: refresh === undefined ? 'logged_out' : 'unavailable' }
}

/** Asks with the access token that this client carries. Never throws. */
export async function read<Answer>(
  service: AuthClient,
  question: Question<Answer>,
): Promise<Exclude<Reading<Answer>, { kind: 'logged_out' }>> {
  try {
    return { kind: 'answered', answer: await question(service) }
  } catch (error) {
    return { kind: isTokenRefused(error) ? 'rejected' : 'unavailable' }
  }
}

/** Whose session it is. */
export const me: Question<User> = (service) => service.auth.me.query()
