import { withinLimit } from './client/timeout.ts'
import { createTransport } from './client/transport.ts'
import { startElapsed } from './elapsed.ts'
import { parseNumberOption, parseTimeoutOption } from './number-option.ts'
import { TokenError } from './verifier/token-error.ts'

/**
 * Returns whether a valid access token has become worthless: its session was revoked, or its user
 * is gone or inactive.
 * @throws {TokenError} service_unavailable when the service does not answer
 */
export type RevocationCheck = (token: string) => Promise<boolean>

/** The service to ask, and how long an answer is cached. */
export interface RevocationCheckOptions {
  /**
   * The tRPC endpoint of the account service, for example `https://accounts.example.com/api/trpc`.
   */
  url: string
  /**
   * How long an answer is cached, in seconds: a revocation takes effect after that time at the
   * latest. 0 to 86,400; 0 caches none. Default: 10.
   */
  cacheSeconds?: number
  /**
   * Most cached answers, an integer; the oldest are dropped first. 0 caches none. Default: 10,000.
   */
  cacheMaxEntries?: number
  /**
   * Whether a token is refused or accepted while the service does not answer. Default: `refuse`,
   * with a 503.
   */
  whenUnavailable?: 'refuse' | 'accept'
  /**
   * Longest time for the service's answer, in milliseconds, 1 or more; `Infinity` for no limit.
   * Default: 3,000.
   */
  timeoutMs?: number
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /** Default: this machine's clock. */
  now?: () => Date
}

/**
 * Creates a check that asks the account service, for routes that must see a revocation at once.
 * Questions of one tick travel in one request, at most 20 in each. Concurrent questions about one
 * token become one.
 * @throws {TypeError} for an option out of range
 * @example
 * const isRevoked = createRevocationCheck({ url: 'https://accounts.example.com/api/trpc' })
 * app.delete('/flyers/:id', requireUser(verifier, { isRevoked }), deleteFlyer)
 */
export function createRevocationCheck(options: RevocationCheckOptions): RevocationCheck {
  const { now = () => new Date(), whenUnavailable = 'refuse' } = options
  const { cacheMs, cacheMaxEntries, timeoutMs } = parseLimits(options)
  const send = createTransport(options)
  const answers = new Map<string, Answer>()

  function findAnswer(key: string): Promise<boolean> | undefined {
    const answer = answers.get(key)
    return answer !== undefined && answer.ageMs() < cacheMs ? answer.isRevoked : undefined
  }

  function remember(key: string, isRevoked: Promise<boolean>): void {
    answers.delete(key)
    answers.set(key, { isRevoked, ageMs: startElapsed(now) })
    const [oldest] = answers.keys()
    if (answers.size > cacheMaxEntries && oldest !== undefined) answers.delete(oldest)
    isRevoked.catch(() => {
      if (answers.get(key)?.isRevoked === isRevoked) answers.delete(key)
    })
  }

  async function ask(token: string): Promise<boolean> {
    const call = { type: 'mutation', path: 'auth.introspect', input: { token } } as const
    const answer = await withinLimit({ timeoutMs }, async (signal) => send(call, { signal }))
    if (typeof answer === 'object' && answer !== null && 'active' in answer) return answer.active !== true
    throw new TypeError('The service does not say whether a token is active.')
  }

  return async (token) => {
    // The signature identifies a verified token in few bytes.
    const key = token.slice(token.lastIndexOf('.') + 1)
    let isRevoked = findAnswer(key)
    if (isRevoked === undefined) {
      isRevoked = ask(token)
      remember(key, isRevoked)
    }
    try {
      return await isRevoked
    } catch (cause) {
      if (whenUnavailable === 'accept') return false
      throw new TokenError('service_unavailable', { cause })
    }
  }
}

interface Answer {
  isRevoked: Promise<boolean>
  ageMs: () => number
}

function parseLimits({
  cacheSeconds = 10,
  cacheMaxEntries = 10_000,
  timeoutMs = 3000,
}: RevocationCheckOptions) {
  const entries = { min: 0, max: Number.MAX_SAFE_INTEGER, isInteger: true }
  return {
    cacheMs: parseNumberOption('cacheSeconds', cacheSeconds, { min: 0, max: 86_400 }) * 1000,
    cacheMaxEntries: parseNumberOption('cacheMaxEntries', cacheMaxEntries, entries),
    timeoutMs: parseTimeoutOption('timeoutMs', timeoutMs),
  }
}
