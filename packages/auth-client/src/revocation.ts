import { createTransport } from './client/transport.ts'
import { TokenError } from './verifier/token-error.ts'

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
 * Makes a check that asks the account service, for routes that must know at once. Questions of one tick travel in one request, at most
 * 20 in each; all who ask about one token share one question.
 */
export function createRevocationCheck(options: RevocationCheckOptions): RevocationCheck {
  const {
    cacheSeconds = 10,
    cacheMaxEntries = 10_000,
    whenUnavailable = 'refuse',
    timeoutMs = 3000,
  } = options
  const { now = () => new Date() } = options
  const send = createTransport(options)
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

  async function ask(token: string): Promise<boolean> {
    const signal = AbortSignal.timeout(timeoutMs)
    const call = { type: 'mutation', path: 'auth.introspect', input: { token } } as const
    const answer = await send(call, { signal })
    if (typeof answer === 'object' && answer !== null && 'active' in answer) return answer.active !== true
    throw new TypeError('The service does not say whether a token is active.')
  }

  return async (token) => {
    // The signature names a token that was verified, in few bytes.
    const key = token.slice(token.lastIndexOf('.') + 1)
    let answer = answers.get(key)
    if (answer === undefined || answer.untilMs <= now().getTime()) {
      remember(key, ask(token))
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
