import { fieldOf } from '../field-of.ts'

/** Tokens as persisted. */
export interface StoredTokens {
  access: string
  /** Absent from tokens that cannot be refreshed. */
  refresh?: string
  /** When this device received them, by its own clock, in epoch milliseconds. */
  receivedAtMs: number
}

/**
 * Returns the tokens to store in place of the current ones. It may be called more than once, so it
 * must have no side effect.
 */
export type Change = (current: StoredTokens | undefined) => StoredTokens | undefined

/**
 * The store of a client's tokens. Several clients, tabs or processes may share one. A change
 * depends on the stored tokens, so that a late answer never overwrites a newer login.
 */
export interface TokenStore {
  /** Returns the stored tokens; `undefined` for none, and for text that is no tokens. */
  load(): StoredTokens | undefined | Promise<StoredTokens | undefined>
  /**
   * Replaces the stored tokens by the result of `change`, and returns it. No other write comes in
   * between.
   */
  update(change: Change): StoredTokens | undefined | Promise<StoredTokens | undefined>
  /**
   * Runs one such section at a time, so that the clients of a store share a refresh. Optional:
   * without it they stay logged in all the same, because the service repeats its answer to a
   * refresh token.
   */
  exclusive?<Result>(section: () => Promise<Result>): Promise<Result>
  /**
   * Keeps the device token of the last login, also after the session. Optional: without it the next
   * login sends none.
   */
  deviceToken?: {
    load(): string | undefined | Promise<string | undefined>
    save(token: string): unknown
  }
  /**
   * Calls `listener` when another tab or process changes the tokens, until the returned function is
   * called. Optional: without it a client notices at its next call.
   */
  subscribe?(listener: () => void): () => void
}

/** Returns tokens as text, for a store of text. */
export function writeTokens(tokens: StoredTokens): string {
  return JSON.stringify(tokens)
}

/** Returns tokens from text; `undefined` for text that is truncated, foreign or absent. */
export function readTokens(text: string | null | undefined): StoredTokens | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return parseTokens(JSON.parse(text))
  } catch {
    return undefined
  }
}

function parseTokens(value: unknown): StoredTokens | undefined {
  const [access, refresh] = [fieldOf(value, 'access'), fieldOf(value, 'refresh')]
  const receivedAtMs = fieldOf(value, 'receivedAtMs')
  if (typeof access !== 'string' || typeof refresh !== 'string' || typeof receivedAtMs !== 'number') {
    return undefined
  }
  return { access, refresh, receivedAtMs }
}
