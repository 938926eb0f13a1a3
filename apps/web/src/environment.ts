import { compile } from 'proxy-addr'

/** What the web app takes from its environment, validated. */
export interface Environment {
  /** `API_URL`: where the API listens, seen from this process. Default `http://127.0.0.1:8000`. */
  apiUrl: URL
  /** `FLYERS_URL`: where the flyers service listens. Without it, there are no flyers. */
  flyersUrl: URL | undefined
  /** `NODE_ENV=production`: cookies are `__Host-` and Secure, the content policy has no exception. */
  isProduction: boolean
  /** `TRUSTED_PROXIES`: whose `X-Forwarded-For` is believed. Default: nobody's. */
  isTrustedProxy: (address: string, hop: number) => boolean
}

let environment: Environment | undefined

/** Gives the validated environment, read at the first call. @throws {TypeError} naming the variable that is wrong */
export function getEnvironment(): Environment {
  environment ??= readEnvironment(process.env)
  return environment
}

function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const flyersUrl = variables['FLYERS_URL']
  return {
    apiUrl: parseAddress('API_URL', variables['API_URL'] || 'http://127.0.0.1:8000'),
    flyersUrl: flyersUrl ? parseAddress('FLYERS_URL', flyersUrl) : undefined,
    isProduction: variables.NODE_ENV === 'production',
    isTrustedProxy: parseTrustedProxies(variables['TRUSTED_PROXIES'] || ''),
  }
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
