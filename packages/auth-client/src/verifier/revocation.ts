import { TokenError } from './token-error.ts'

/**
 * Tells whether a good access token is worth nothing any more: its session ended, its user is gone or inactive.
 * @throws {TokenError} service_unavailable when it cannot be found out
 */
export type RevocationCheck = (token: string) => Promise<boolean>

/** Where to ask, and for how long an answer holds. */
export interface RevocationCheckOptions {
  /** The tRPC endpoint of the account service, for example `https://accounts.example.com/api/trpc`. */
  url: string
  /** How long an answer holds, in seconds: a session that ended is noticed so late at most. Default: 10. */
  cacheSeconds?: number
  /** Most answers that are kept; the oldest leave first. Default: 10,000. */
  cacheMaxEntries?: number
  /** What to make of a token while the service cannot be asked. Default: `refuse`, with a 503. */
  whenUnavailable?: 'refuse' | 'accept'
  /** How long the service may take, in milliseconds. Default: 3,000. */
  timeoutMs?: number
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /** Default: this machine's clock. */
  now?: () => Date
}

/**
 * Makes a check that asks the account service, for routes that must know at once. It asks `auth.me`, which looks at the session and the
 * user in any configuration; `auth.verify` looks at the session under `BLACKLIST_AFTER_ROTATION` alone. All who ask about one token
 * share one question.
 */
export function createRevocationCheck(options: RevocationCheckOptions): RevocationCheck {
  const { cacheSeconds = 10, cacheMaxEntries = 10_000, whenUnavailable = 'refuse' } = options
  const { now = () => new Date() } = options
  const answers = new Map<string, { isRevoked: Promise<boolean>; untilMs: number }>()

  function remember(key: string, isRevoked: Promise<boolean>): void {
    answers.delete(key)
    answers.set(key, { isRevoked, untilMs: now().getTime() + cacheSeconds * 1000 })
    const [oldest] = answers.keys()
    if (answers.size > cacheMaxEntries && oldest !== undefined) answers.delete(oldest)
    isRevoked.catch(() => {
      if (answers.get(key)?.isRevoked === isRevoked) answers.delete(key)
    })
  }

  return async (token) => {
    // The signature names a token that was verified, in few bytes.
    const key = token.slice(token.lastIndexOf('.') + 1)
    let answer = answers.get(key)
    if (answer === undefined || answer.untilMs <= now().getTime()) {
      remember(key, ask(options, token))
      answer = answers.get(key)
    }
    try {
      return (await answer?.isRevoked) ?? false
    } catch (cause) {
      if (whenUnavailable === 'accept') return false
      throw new TokenError('service_unavailable', { cause })
    }
  }
}

async function ask(options: RevocationCheckOptions, token: string): Promise<boolean> {
  const { url, timeoutMs = 3000, fetch = globalThis.fetch } = options
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), timeoutMs)
  try {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${url}/auth.me`, { headers, redirect: 'manual', signal: giveUp.signal })
    const body: unknown = await response.json()
    if (response.status === 200 && isAnswer(body, 'result')) return false
    if (response.status === 401 && isAnswer(body, 'error')) return true
    throw new Error(`${url} answers ${response.status}.`)
  } finally {
    clearTimeout(timer)
  }
}

/** A proxy between may answer with statuses of its own, but not in tRPC's words. */
function isAnswer(body: unknown, member: 'result' | 'error'): boolean {
  return typeof body === 'object' && body !== null && member in body
}
