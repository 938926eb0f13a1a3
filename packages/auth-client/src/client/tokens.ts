import { decodePayload } from '@pockitflyer/auth-protocol/claims'
import { fieldOf } from '../field-of.ts'
import type { StoredTokens } from '../stores/store.ts'

/**
 * An access token with less time left than this is refreshed before a call; a short-lived one, in
 * the last tenth of its lifetime.
 */
const refreshMarginMs = 60_000

/**
 * Returns whether tokens should be refreshed before they expire. It measures their age by this
 * device's clock alone, since they were received, so a wrong clock does no harm. A token without a
 * readable lifetime is never due; the service's 401 decides.
 */
export function isRefreshDue({ access, refresh, receivedAtMs }: StoredTokens, nowMs: number): boolean {
  const { exp, iat } = decodePayload(access)
  if (refresh === undefined || typeof exp !== 'number' || typeof iat !== 'number' || exp <= iat) return false
  const lifetimeMs = (exp - iat) * 1000
  return nowMs - receivedAtMs > lifetimeMs - Math.min(refreshMarginMs, lifetimeMs / 10)
}

/** Returns whether both are the same tokens. */
export function isSamePair(one: StoredTokens | undefined, other: StoredTokens): boolean {
  return one?.access === other.access && one.refresh === other.refresh
}

/**
 * Returns whether tokens belong to the same session: before and after a refresh, but not before and
 * after another login. Tokens of the Django service name no session until their first refresh, so
 * their user decides.
 */
export function isSameSession(one: StoredTokens, other: StoredTokens): boolean {
  if (one.refresh !== undefined && one.refresh === other.refresh) return true
  const mine = decodePayload(one.access)
  const theirs = decodePayload(other.access)
  if (mine['sid'] !== undefined && theirs['sid'] !== undefined) return mine['sid'] === theirs['sid']
  return readUserId(mine) !== undefined && readUserId(mine) === readUserId(theirs)
}

/** SimpleJWT may write the id as text. */
function readUserId({ user_id: id }: Record<string, unknown>): unknown {
  return typeof id === 'string' ? Number(id) : id
}

/**
 * Returns the tokens in an answer. `refresh` is absent where the one presented stays in use.
 * @returns undefined for an answer without tokens
 */
export function findTokens(answer: unknown): { access: string; refresh?: string } | undefined {
  const [access, refresh] = [fieldOf(answer, 'access'), fieldOf(answer, 'refresh')]
  if (typeof access !== 'string') return undefined
  return typeof refresh === 'string' ? { access, refresh } : { access }
}
