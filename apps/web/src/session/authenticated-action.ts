import {
  type AuthClient,
  type AuthErrorData,
  callWithRefresh,
  findAuthError,
  isTokenRefused,
} from '@pockitflyer/auth-client'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { loginPath } from './paths.ts'
import { clearSession, readSession, writeSession } from './cookies.ts'
import { isRefreshDue, refreshSession } from './refresh-session.ts'

/** The outcome of an action. `answer` is undefined when the service was not reached. */
export type Outcome = { kind: 'done' } | { kind: 'failed'; answer: AuthErrorData | undefined }

/**
 * Runs a server action as the logged-in user. `proxy.ts` does not refresh before an action, so this
 * function does, when the access token is about to expire or the service rejects it. A visitor
 * without a session is redirected to the login and returns to `path`. It throws nothing except that
 * redirect.
 */
export async function authenticatedAction(
  path: string,
  act: (service: AuthClient) => Promise<unknown>,
): Promise<Outcome> {
  const session = readSession(await cookies(), getEnvironment().isProduction)
  const kept = isRefreshDue(session) ? undefined : session.access
  try {
    const access = kept ?? (await refresh(session.refresh))
    if (access !== undefined) {
      await callWithRefresh(access, {
        call: async (accessToken) => act(createAccountService({ headers: await headers(), accessToken })),
        refresh: async () => (kept === undefined ? undefined : refresh(session.refresh)),
      })
      return { kind: 'done' }
    }
  } catch (error) {
    if (!isTokenRefused(error)) return { kind: 'failed', answer: findAuthError(error) }
  }
  return leave(path)
}

/**
 * Returns a new access token and sets its cookies; undefined when the session is over.
 * @throws {Error} while the service is out of reach
 */
async function refresh(token: string | undefined): Promise<string | undefined> {
  if (token === undefined) return undefined
  const outcome = await refreshSession(createAccountService({ headers: await headers() }), token)
  switch (outcome.kind) {
    case 'refreshed':
      writeSession(await cookies(), outcome.tokens, getEnvironment().isProduction)
      return outcome.tokens.access
    case 'ended':
      return undefined
    case 'unavailable':
      throw new Error('The account service cannot be reached.')
  }
}

async function leave(path: string): Promise<never> {
  clearSession(await cookies(), getEnvironment().isProduction)
  redirect(loginPath(path, 'session-ended'))
}
