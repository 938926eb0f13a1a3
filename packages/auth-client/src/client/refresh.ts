import type { StoredTokens, TokenStore } from '../stores/store.ts'
import { isAuthError } from './error.ts'
import { findTokens, isSamePair, isSameSession } from './tokens.ts'

/**
 * Pauses before each attempt, in milliseconds. With the timeouts of the attempts they stay within
 * 30 seconds (REFRESH_REUSE_GRACE). Within that time the service repeats the answer to a refresh
 * token, should the first one be lost.
 */
const pausesMs = [0, 250, 1000]

/** The dependencies of a refresh. */
export interface RefreshDependencies {
  store: TokenStore
  /** Sends a refresh token once. */
  refresh: (token: string) => Promise<unknown>
}

/**
 * Refreshes tokens that are about to expire or were refused. Another tab or process may have
 * refreshed them meanwhile: then it returns those. A login or logout meanwhile wins. A refresh
 * without an answer is sent again. When the service refuses it, the session is over and the store
 * is emptied.
 * @returns tokens of the same session, or undefined when it is over
 * @throws the last attempt's error when the service cannot be reached; the tokens stay
 */
export async function refreshTokens(
  dependencies: RefreshDependencies,
  stale: StoredTokens,
): Promise<StoredTokens | undefined> {
  const section = async () => attemptAll(dependencies, stale)
  return dependencies.store.exclusive?.(section) ?? section()
}

async function attemptAll(
  dependencies: RefreshDependencies,
  stale: StoredTokens,
): Promise<StoredTokens | undefined> {
  let failure: unknown
  for (const pauseMs of pausesMs) {
    if (pauseMs > 0) await pause(pauseMs)
    const outcome = await attempt(dependencies, stale)
    if (outcome.kind === 'settled') return outcome.tokens
    failure = outcome.error
  }
  throw failure
}

type Outcome = { kind: 'settled'; tokens: StoredTokens | undefined } | { kind: 'unanswered'; error: unknown }

async function attempt({ store, refresh }: RefreshDependencies, stale: StoredTokens): Promise<Outcome> {
  const current = await store.load()
  if (!isSamePair(current, stale) || stale.refresh === undefined) return settle(current, stale)
  const answer = await ask(refresh, stale.refresh)
  if (answer.kind === 'unanswered') return answer
  const next = answer.tokens && { refresh: stale.refresh, ...answer.tokens, receivedAtMs: Date.now() }
  return settle(await store.update((now) => (isSamePair(now, stale) ? next : now)), stale)
}

/** Returns the stored tokens as the outcome, unless they belong to another session. */
function settle(stored: StoredTokens | undefined, stale: StoredTokens): Outcome {
  const isOurs = stored !== undefined && !isSamePair(stored, stale) && isSameSession(stored, stale)
  return { kind: 'settled', tokens: isOurs ? stored : undefined }
}

type Answer =
  | { kind: 'answered'; tokens: { access: string; refresh?: string } | undefined }
  | { kind: 'unanswered'; error: unknown }

/** Returns no tokens for a refusal. A busy, broken or absent service has not answered. */
async function ask(refresh: RefreshDependencies['refresh'], token: string): Promise<Answer> {
  try {
    const tokens = findTokens(await refresh(token))
    if (tokens !== undefined) return { kind: 'answered', tokens }
    return { kind: 'unanswered', error: new Error('The answer holds no tokens.') }
  } catch (error) {
    const isRefused = isAuthError(error) && [400, 401].includes(error.data.httpStatus)
    return isRefused ? { kind: 'answered', tokens: undefined } : { kind: 'unanswered', error }
  }
}

async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
