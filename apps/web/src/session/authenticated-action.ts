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

/** What became of an action. `answer` is undefined when the service was not reached. */
export type Outcome = { kind: 'done' } | { kind: 'failed'; answer: AuthErrorData | undefined }

/**
 * Lets a server action change something as the signed-in user: `proxy.ts` does not refresh before
 * an action, so this does, when the access token is about to expire or the service rejects it. Who
 * has no session any more is sent to the login and comes back to `path`. Never throws, but for that
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
 * A new access token, which the browser keeps; undefined when the session has ended.
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
