import { compile } from 'proxy-addr'

/** What the web app takes from its environment, validated. */
export interface Environment {
  /** `WEB_HOST`: where the web app listens. Default `127.0.0.1`. */
  host: string
  /** `WEB_PORT`, likewise. Default 3000; 0 is any free port. */
  port: number
  /** `API_URL`: where the API listens, seen from this process. Default `http://127.0.0.1:8000`. */
  apiUrl: URL
  /** `FLYERS_URL`: where the flyers service listens. Without it, there are no flyers. */
  flyersUrl: URL | undefined
  /**
   * `NODE_ENV=production`: cookies are `__Host-` and Secure, the content policy has no exception.
   */
  isProduction: boolean
  /** `TRUSTED_PROXIES`: whose `X-Forwarded-For` is believed. Default: nobody's. */
  isTrustedProxy: (address: string, hop: number) => boolean
  /**
   * `KEEP_ALIVE_TIMEOUT`: how long a connection without a request stays open. Default 80 seconds.
   */
  keepAliveTimeoutMs: number
}

let environment: Environment | undefined

/**
 * Gives the validated environment, read at the first call. @throws {TypeError} naming the variable
 * that is wrong
 */
export function getEnvironment(): Environment {
  environment ??= readEnvironment(process.env)
  return environment
}

/**
 * Validates variables. An empty one counts as absent. @throws {TypeError} naming the variable that
 * is wrong
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const flyersUrl = variables['FLYERS_URL']
  return {
    host: variables['WEB_HOST'] || '127.0.0.1',
    port: parsePort(variables['WEB_PORT'] || '3000'),
    apiUrl: parseAddress('API_URL', variables['API_URL'] || 'http://127.0.0.1:8000'),
    flyersUrl: flyersUrl ? parseAddress('FLYERS_URL', flyersUrl) : undefined,
    isProduction: variables.NODE_ENV === 'production',
    isTrustedProxy: parseTrustedProxies(variables['TRUSTED_PROXIES'] || ''),
    keepAliveTimeoutMs: parseDuration('KEEP_ALIVE_TIMEOUT', variables['KEEP_ALIVE_TIMEOUT'] || '80s'),
  }
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  const hint = text.startsWith('tcp:')
    ? ' Kubernetes sets it for a service named "web": rename the service or set enableServiceLinks: false.'
    : ''
  throw new TypeError(`WEB_PORT must be a port from 0 to 65535, not "${text}".${hint}`)
}

function parseAddress(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(
      `${name} must be an http or https address, such as http://127.0.0.1:8000, not "${text}".`,
    )
  }
  return url
}

function parseTrustedProxies(text: string): Environment['isTrustedProxy'] {
  try {
    return compile(text.split(',').flatMap((entry) => entry.trim() || []))
  } catch {
    throw new TypeError(
      `TRUSTED_PROXIES must be addresses, ranges such as 10.0.0.0/8, or loopback, linklocal or uniquelocal, with commas between, not "${text}".`,
    )
  }
}

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 }

/** Node.js fires a timer over 2³¹ ms at once: a day is far below. */
const longestMs = 24 * 3_600_000

function parseDuration(name: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN)
  if (ms > 0 && ms <= longestMs) return ms
  throw new TypeError(`${name} must be a whole number and a unit, such as 80s, at most 24h, not "${text}".`)
}
