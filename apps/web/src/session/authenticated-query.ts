import { type AuthClient, isTokenRefused } from '@pockitflyer/auth-client'
import type { User } from '@pockitflyer/auth-protocol/schemas'
import { cookies, headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { readSession } from './cookies.ts'

/**
 * The result of a query for a page. `rejected`: the service does not accept the access token.
 * `unavailable`: there is a session, but the service does not answer.
 */
export type Reading<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'logged_out' }
  | { kind: 'rejected' }
  | { kind: 'unavailable' }

/** A query of the account service, made with the client's access token. */
export type Question<Answer> = (service: AuthClient) => Promise<Answer>

/**
 * Runs a query as the user of the request's session. It never refreshes, since a page cannot set
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

/** Runs a query with this client's access token. Never throws. */
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

/** Queries the user of the session. */
export const me: Question<User> = (service) => service.auth.me.query()
