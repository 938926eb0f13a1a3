import type { StoredTokens } from '../stores/store.ts'
import { withinLimit } from './timeout.ts'
import { type RefreshDependencies, refreshTokens } from './refresh.ts'
import { findTokens, isRefreshDue, isSamePair, isSameSession } from './tokens.ts'
import { createWatch } from './watch.ts'

/** The session of a client: its tokens in a store, refreshed in time. */
export interface ClientSession {
  /**
   * Returns the tokens for a call, refreshed first when they are about to expire; undefined without
   * a session. If the refresh takes longer than `timeoutMs` (default: no limit), it goes on in the
   * background, and the current tokens are returned.
   */
  current(timeoutMs?: number): Promise<StoredTokens | undefined>
  /**
   * Returns tokens of the same session in place of refused ones; undefined when it is over.
   * @throws when the service cannot be reached
   */
  refresh(refused: StoredTokens): Promise<StoredTokens | undefined>
  /** Stores the tokens of an answer, for example a login's, in place of any others. */
  start(answer: unknown): Promise<void>
  /**
   * Lets `act` replace the session of an access token, and stores the tokens of its answer. If the
   * store holds another session or none by then, `abandon` gets the new refresh token, which no
   * client will use.
   */
  restart(access: string | undefined, restart: Restart): Promise<unknown>
  /** Stores tokens that the caller refreshed by hand, if the store holds that refresh token. */
  replace(refresh: unknown, answer: unknown): Promise<void>
  /**
   * Removes the tokens, or only those of one refresh token. `act` gets them before the end is
   * reported: a listener that leaves the page would cut off its request.
   */
  end(refresh?: unknown, act?: (ended: StoredTokens) => Promise<void>): Promise<void>
  /** Calls `listener` when the session starts, changes or ends; see `AuthClient`. */
  subscribe: (listener: () => void) => () => void
}

interface Restart {
  act: () => Promise<unknown>
  abandon: (refresh: string) => Promise<unknown>
}

interface SessionDependencies extends RefreshDependencies {
  onLoggedOut?: (() => void) | undefined
}

/** Creates the session of a client. Concurrent calls that need new tokens share one refresh. */
export function createSession(dependencies: SessionDependencies): ClientSession {
  const { store, onLoggedOut } = dependencies
  const watch = createWatch(onLoggedOut)
  const load = async () => store.load()
  /**
   * The latest session that this client replaced: a call that was refused for the old session is
   * repeated with the new one.
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
      // A token that another place keeps needs no clock, which Next.js forbids in a prerender.
      if (tokens?.refresh === undefined || !isRefreshDue(tokens, Date.now())) return tokens
      // A token that cannot be refreshed now may still be valid for this call; if not, the service
      // answers 401.
      return withinLimit({ timeoutMs }, async () => refreshAndWatch(tokens)).catch(() => tokens)
    },
    async start(answer) {
      const tokens = findTokens(answer)
      if (tokens?.refresh === undefined) return
      const started = { ...tokens, receivedAtMs: Date.now() }
      watch(await store.update(() => started), true)
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
    async end(refresh, act) {
      const removed: StoredTokens[] = []
      const left = await store.update((now) => {
        if (now === undefined || !isOf(now, refresh)) return now
        removed.splice(0, 1, now)
        return undefined
      })
      const [ended] = removed
      watch(ended ?? left)
      if (ended !== undefined && act !== undefined) await watch.hold(async () => act(ended))
      watch(await load().catch(() => left))
    },
    subscribe(listener) {
      const stop = watch.subscribe(listener)
      // Looks when another tab has changed the store, which reports what changed.
      const stopLooking = store.subscribe?.(
        () =>
          void load().then(
            (tokens) => watch(tokens),
            () => {},
          ),
      )
      return () => {
        stop()
        stopLooking?.()
      }
    },
  }
}

/**
 * Returns whether stored tokens belong to the session of a refresh token, of any generation.
 * Without one, they do.
 */
function isOf(tokens: StoredTokens, refresh: unknown): boolean {
  if (refresh === undefined) return true
  return typeof refresh === 'string' && isSameSession(tokens, { access: refresh, refresh, receivedAtMs: 0 })
}
