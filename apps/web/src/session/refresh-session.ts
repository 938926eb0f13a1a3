import { type AuthClient, findAuthError } from '@pockitflyer/auth-client'
import type { NewTokens, SessionTokens } from './cookies.ts'
import { findTokenExpiry, findTokenIssue } from './token-expiry.ts'

/**
 * What became of an attempt to refresh a session. `unavailable` says nothing about the session:
 * keep its cookies.
 */
export type RefreshOutcome =
  | { kind: 'refreshed'; tokens: NewTokens }
  | { kind: 'ended' }
  | { kind: 'unavailable' }

/**
 * An access token with less left than this share of its lifetime is refreshed before the page that
 * needs it renders,
 */
const refreshMarginShare = 0.1

/** and never one with more left than this. */
const refreshMarginMaxSeconds = 60

/** Whether the access token is absent, unreadable or about to expire. */
export function isRefreshDue({ access }: SessionTokens): boolean {
  const expiry = access === undefined ? undefined : findTokenExpiry(access)
  return access === undefined || expiry === undefined || expiry < Date.now() / 1000 + marginOf(access, expiry)
}

/** In seconds. A token that does not say when it was issued counts as one that lives long. */
function marginOf(access: string, expiry: number): number {
  const lifetime = expiry - (findTokenIssue(access) ?? -Infinity)
  return Math.min(Math.max(0, lifetime) * refreshMarginShare, refreshMarginMaxSeconds)
}

/** Asks the account service for a new pair of tokens. Never throws. */
export async function refreshSession(service: AuthClient, refresh: string): Promise<RefreshOutcome> {
  try {
    const tokens = await service.auth.refresh.mutate({ refresh })
    return { kind: 'refreshed', tokens }
  } catch (error) {
    const status = findAuthError(error)?.httpStatus
    return { kind: status === 400 || status === 401 ? 'ended' : 'unavailable' }
  }
}
