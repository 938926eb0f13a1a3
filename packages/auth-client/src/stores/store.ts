/** What a client keeps of a session. */
export interface StoredTokens {
  access: string
  /** Absent from tokens that cannot be refreshed. */
  refresh?: string
  /** When they were received, by the clock of this device, in epoch milliseconds. */
  receivedAtMs: number
}

/**
 * What becomes of the tokens that are stored. It may be asked more than once and has no effect of
 * its own.
 */
export type Change = (current: StoredTokens | undefined) => StoredTokens | undefined

/**
 * Where a client keeps its tokens. Several clients, tabs or processes may share one place: whoever
 * changes it says what from, so that a late answer never overwrites a newer login.
 */
export interface TokenStore {
  /** What is stored; `undefined` for nothing, and for what cannot be read as tokens. */
  load(): StoredTokens | undefined | Promise<StoredTokens | undefined>
  /**
   * Replaces what is stored by what `change` makes of it, and answers that. Nothing else is written
   * in between.
   */
  update(change: Change): StoredTokens | undefined | Promise<StoredTokens | undefined>
  /**
   * Runs one such section at a time, so that those who share the store refresh once and not each.
   * Optional: without it they stay signed in all the same, because the service answers the same
   * refresh token twice.
   */
  exclusive?<Result>(section: () => Promise<Result>): Promise<Result>
  /**
   * Keeps the device token of the last login, also when the session is over. Optional: without it
   * the next login sends none.
   */
  deviceToken?: {
    load(): string | undefined | Promise<string | undefined>
    save(token: string): unknown
  }
}

/** Tokens as text, for a store that keeps text. */
export function writeTokens(tokens: StoredTokens): string {
  return JSON.stringify(tokens)
}

/** Reads tokens from text; `undefined` for what is torn, of another make or absent. */
export function readTokens(text: string | null | undefined): StoredTokens | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return parseTokens(JSON.parse(text))
  } catch {
    return undefined
  }
}

function parseTokens(value: unknown): StoredTokens | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('access' in value && 'refresh' in value && 'receivedAtMs' in value)) return undefined
  const { access, refresh, receivedAtMs } = value
  if (typeof access !== 'string' || typeof refresh !== 'string' || typeof receivedAtMs !== 'number') {
    return undefined
  }
  return { access, refresh, receivedAtMs }
}
