import { type AuthClient, isAuthError, isTokenRefused } from '@pockitflyer/auth-client'
import type { FlyersRouter } from '@pockitflyer/flyers/router'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import { getEnvironment } from './environment.ts'
import { findTokenIssue } from './session/token-claims.ts'

/**
 * Longest time that a page or an action waits for an answer of the flyers service, in milliseconds.
 */
const timeoutMs = 10_000

/** Age up to which a token counts as fresh, in seconds. */
const freshForSeconds = 60

/**
 * Calls the flyers service with the access token of `account`. Its errors have the shape of the
 * account service's, and a 401 means the same: refresh the token. If it refuses a fresh token, the
 * fault is its own, and this throws another error: that must neither log the user out nor cause a
 * redirect loop. Server only.
 */
export async function askFlyersService<Answer>(
  account: AuthClient,
  question: (flyers: TRPCClient<FlyersRouter>['flyers']) => Promise<Answer>,
): Promise<Answer> {
  const accessToken = (await account.getAccessToken()) ?? ''
  try {
    return await question(connect(accessToken).flyers)
  } catch (error) {
    if (!isRefused(error) || !isFresh(accessToken)) throw error
    throw new Error('The flyers service refuses a token that is fresh.', { cause: error })
  }
}

function connect(accessToken: string): TRPCClient<FlyersRouter> {
  const { flyersUrl } = getEnvironment()
  if (flyersUrl === undefined) throw new TypeError('There is no FLYERS_URL.')
  const link = httpLink({
    url: new URL('/api/trpc', flyersUrl).href,
    headers: { authorization: `Bearer ${accessToken}` },
    fetch: (input: string | URL | Request, init) =>
      fetch(input, { ...init, signal: withTimeout(init?.signal) }),
  })
  return createTRPCClient<FlyersRouter>({ links: [link] })
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])])
}

/**
 * Returns whether the service refused the token. It learns of a revoked session (`session_ended`)
 * from the account service.
 */
function isRefused(error: unknown): boolean {
  return isTokenRefused(error) && !isAuthError(error, 'session_ended')
}

function isFresh(accessToken: string): boolean {
  const issuedAt = findTokenIssue(accessToken)
  return issuedAt !== undefined && Date.now() / 1000 < issuedAt + freshForSeconds
}
