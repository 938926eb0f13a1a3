import { type AuthClient, type AuthErrorData, findAuthError } from '@pockitflyer/auth-client'
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
  const isDue = isRefreshDue(session)
  if (!isDue && session.access !== undefined) {
    const outcome = await attempt(session.access, act)
    if (!isRejected(outcome)) return outcome
  }
  const access = await refreshOrLeave(session.refresh, path)
  if (access === undefined) return { kind: 'failed', answer: undefined }
  const outcome = await attempt(access, act)
  return isRejected(outcome) ? leave(path) : outcome
}

async function attempt(
  accessToken: string,
  act: (service: AuthClient) => Promise<unknown>,
): Promise<Outcome> {
  try {
    await act(createAccountService({ headers: await headers(), accessToken }))
    return { kind: 'done' }
  } catch (error) {
    return { kind: 'failed', answer: findAuthError(error) }
  }
}

function isRejected(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.answer?.httpStatus === 401
}

/** A new access token, which the browser keeps; undefined while the service is out of reach. */
async function refreshOrLeave(refresh: string | undefined, path: string): Promise<string | undefined> {
  if (refresh === undefined) return leave(path)
  const outcome = await refreshSession(createAccountService({ headers: await headers() }), refresh)
  switch (outcome.kind) {
    case 'refreshed':
      writeSession(await cookies(), outcome.tokens, getEnvironment().isProduction)
      return outcome.tokens.access
    case 'ended':
      return leave(path)
    case 'unavailable':
      return undefined
  }
}

async function leave(path: string): Promise<never> {
  clearSession(await cookies(), getEnvironment().isProduction)
  redirect(loginPath(path, 'session-ended'))
}
