import type { StoredTokens, TokenStore } from '../stores/store.ts'
import { isAuthError } from './error.ts'
import { findTokens, isSamePair, isSameSession } from './tokens.ts'

/**
 * Pauses before each attempt, in milliseconds. With the time limit of an attempt they stay within
 * the 30 seconds in which the service answers a refresh token again whose first answer was lost
 * (REFRESH_REUSE_GRACE).
 */
const pausesMs = [0, 250, 1000]

/** What refreshing needs. */
export interface RefreshDependencies {
  store: TokenStore
  /** Sends a refresh token once. */
  refresh: (token: string) => Promise<unknown>
}

/**
 * Refreshes tokens that are near their end or were refused. Whoever else has refreshed them
 * meanwhile has done the work; who has logged in or out meanwhile wins. A refresh whose answer was
 * lost is sent again; one that the service refuses ends the session, and the store is emptied.
 * @returns tokens of the same session, or undefined when it is over
 * @throws what the last attempt met when the service cannot be reached; the tokens stay
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

/** What is stored now is the outcome, unless it is another session's. */
function settle(stored: StoredTokens | undefined, stale: StoredTokens): Outcome {
  const isOurs = stored !== undefined && !isSamePair(stored, stale) && isSameSession(stored, stale)
  return { kind: 'settled', tokens: isOurs ? stored : undefined }
}

type Answer =
  | { kind: 'answered'; tokens: { access: string; refresh?: string } | undefined }
  | { kind: 'unanswered'; error: unknown }

/**
 * A refusal is an answer: no tokens. A busy or broken service, or none at all, has not answered.
 */
async function ask(refresh: RefreshDependencies['refresh'], token: string): Promise<Answer> {
  try {
    const tokens = findTokens(await refresh(token))
    if (tokens !== undefined) return { kind: 'answered', tokens }
    return { kind: 'unanswered', error: new Error('The answer to a refresh holds no tokens.') }
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
