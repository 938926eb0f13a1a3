import type { StoredTokens } from '../stores/store.ts'
import { withinLimit } from './timeout.ts'
import { type RefreshDependencies, refreshTokens } from './refresh.ts'
import { findTokens, isRefreshDue, isSamePair, isSameSession } from './tokens.ts'

/** The session of a client: its tokens, kept in a store and refreshed in time. */
export interface ClientSession {
  /**
   * The tokens for a call, refreshed first when they are near their end; undefined when nobody is
   * signed in. A refresh that takes longer than `timeoutMs` (default: no limit) goes on beside, and
   * the tokens near their end are answered.
   */
  current(timeoutMs?: number): Promise<StoredTokens | undefined>
  /**
   * Tokens of the same session in place of those that were refused; undefined when it is over.
   * @throws when the service cannot be reached
   */
  refresh(refused: StoredTokens): Promise<StoredTokens | undefined>
  /** Keeps the tokens of an answer, a login's for example, in place of any others. */
  start(answer: unknown): Promise<void>
  /**
   * Lets `act` replace the session of an access token, and keeps the tokens that it answers in
   * place of that session's. Where another session or none is kept by then, `abandon` is told the
   * refresh token that no client will use.
   */
  restart(access: string | undefined, restart: Restart): Promise<unknown>
  /**
   * Keeps the tokens that the caller got by hand for a refresh token, where it is the one that is
   * kept.
   */
  replace(refresh: unknown, answer: unknown): Promise<void>
  /** Forgets the tokens, or only those of one refresh token, and answers what they were. */
  end(refresh?: unknown): Promise<StoredTokens | undefined>
}

interface Restart {
  act: () => Promise<unknown>
  abandon: (refresh: string) => Promise<unknown>
}

interface SessionDependencies extends RefreshDependencies {
  onSignedOut?: (() => void) | undefined
}

/**
 * Makes the session of a client. A hundred calls that need new tokens at once share one refresh.
 */
export function createSession(dependencies: SessionDependencies): ClientSession {
  const { store, onSignedOut } = dependencies
  const watch = createWatch(onSignedOut)
  /**
   * The latest session that this client replaced: a call that the old one was refused for is made
   * again with the new one.
   */
  let succession: { asked: StoredTokens; started: StoredTokens } | undefined
  let ongoing: { of: StoredTokens; tokens: Promise<StoredTokens | undefined> } | undefined

  async function refreshOnce(stale: StoredTokens): Promise<StoredTokens | undefined> {
    if (ongoing === undefined || !isSamePair(ongoing.of, stale)) {
      const started = { of: stale, tokens: refreshTokens(dependencies, stale) }
      ongoing = started
      const forget = () => {
        if (ongoing === started) ongoing = undefined
      }
      started.tokens.then(forget, forget)
    }
    return ongoing.tokens
  }

  async function refreshAndWatch(stale: StoredTokens): Promise<StoredTokens | undefined> {
    const tokens = await refreshOnce(stale)
    if (tokens !== undefined) return tokens
    const now = watch(await store.load())
    if (now === undefined || succession === undefined) return undefined
    return isSameSession(stale, succession.asked) && isSameSession(now, succession.started) ? now : undefined
  }

  return {
    refresh: refreshAndWatch,
    async current(timeoutMs = Infinity) {
      const tokens = watch(await store.load())
      if (tokens === undefined || !isRefreshDue(tokens, Date.now())) return tokens
      // What cannot be refreshed now may still be good for this call; if it is not, the service
      // says so.
      return withinLimit({ timeoutMs }, async () => refreshAndWatch(tokens)).catch(() => tokens)
    },
    async start(answer) {
      const tokens = findTokens(answer)
      if (tokens?.refresh === undefined) return
      const started = { ...tokens, receivedAtMs: Date.now() }
      watch(await store.update(() => started))
    },
    async restart(access, { act, abandon }) {
      const section = async () => {
        const answer = await act()
        const tokens = findTokens(answer)
        if (access === undefined || tokens?.refresh === undefined) return answer
        const [asked, started] = [
          { access, receivedAtMs: 0 },
          { ...tokens, receivedAtMs: Date.now() },
        ]
        let isAbandoned = false
        const kept = await store.update((now) => {
          isAbandoned = now === undefined || !isSameSession(now, asked)
          return isAbandoned ? now : started
        })
        watch(kept)
        succession = { asked, started }
        if (isAbandoned) await abandon(tokens.refresh).catch(() => {})
        return answer
      }
      return store.exclusive?.(section) ?? section()
    },
    async replace(refresh, answer) {
      const tokens = findTokens(answer)
      if (tokens === undefined) return
      await store.update((now) =>
        now?.refresh === undefined || now.refresh !== refresh
          ? now
          : { refresh: now.refresh, ...tokens, receivedAtMs: Date.now() },
      )
    },
    async end(refresh) {
      const ended: StoredTokens[] = []
      const left = await store.update((now) => {
        if (now === undefined || !isOf(now, refresh)) return now
        ended.splice(0, 1, now)
        return undefined
      })
      watch(ended[0] ?? left)
      watch(left)
      return ended[0]
    },
  }
}

/**
 * Whether stored tokens belong to the session of a refresh token, of whichever generation. Without
 * one, they do.
 */
function isOf(tokens: StoredTokens, refresh: unknown): boolean {
  if (refresh === undefined) return true
  return typeof refresh === 'string' && isSameSession(tokens, { access: refresh, refresh, receivedAtMs: 0 })
}

/**
 * Tells once when tokens that were there are gone, removed by this client, another tab or another
 * process.
 */
function createWatch(onSignedOut: (() => void) | undefined) {
  let isLoggedIn = false
  return (tokens: StoredTokens | undefined) => {
    const wasLoggedIn = isLoggedIn
    isLoggedIn = tokens !== undefined
    if (wasLoggedIn && !isLoggedIn) onSignedOut?.()
    return tokens
  }
}
