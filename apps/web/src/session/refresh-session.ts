import { type AuthClient, findAuthError } from '@pockitflyer/auth-client'
import type { NewTokens, SessionTokens } from './cookies.ts'
import { findTokenExpiry, findTokenIssue } from './token-claims.ts'

/** The outcome of a refresh. `unavailable` says nothing about the session: keep its cookies. */
export type RefreshOutcome =
  | { kind: 'refreshed'; tokens: NewTokens }
  | { kind: 'ended' }
  | { kind: 'unavailable' }

/**
 * An access token with less than this share of its lifetime left is refreshed before its page
 * renders.
 */
const refreshMarginShare = 0.1

/** Upper limit of that margin, in seconds. */
const refreshMarginMaxSeconds = 60

/** Returns whether the access token is absent, unreadable or about to expire. */
export function isRefreshDue({ access = '' }: SessionTokens): boolean {
  const expiry = findTokenExpiry(access)
  return expiry === undefined || expiry < Date.now() / 1000 + marginOf(access, expiry)
}

/** Returns the margin in seconds. A token without `iat` counts as long-lived. */
function marginOf(access: string, expiry: number): number {
  const lifetime = expiry - (findTokenIssue(access) ?? -Infinity)
  return Math.min(Math.max(0, lifetime) * refreshMarginShare, refreshMarginMaxSeconds)
}

/** Exchanges a refresh token for a new pair. Never throws. */
export async function refreshSession(service: AuthClient, refresh: string): Promise<RefreshOutcome> {
  try {
    const tokens = await service.auth.refresh.mutate({ refresh })
    return { kind: 'refreshed', tokens }
  } catch (error) {
    const status = findAuthError(error)?.httpStatus
    return { kind: status === 400 || status === 401 ? 'ended' : 'unavailable' }
  }
}
