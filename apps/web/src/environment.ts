import { httpUrl, port, positiveDuration, readSettings } from '@pockitflyer/server/settings'
import { trustedProxies } from '@pockitflyer/server/settings/trusted-proxies'
import { z } from 'zod'

/** Node.js fires a timer over 2³¹ ms at once: a day is far below. */
const longestSeconds = 24 * 3600

/** The settings of the web app, by the names of their environment variables. */
export const webSettings = z
  .object({
    WEB_HOST: z.string().default('127.0.0.1'),
    WEB_PORT: port.prefault('3000'),
    API_URL: httpUrl.prefault('http://127.0.0.1:8000'),
    FLYERS_URL: httpUrl.optional(),
    NODE_ENV: z.string().optional(),
    TRUSTED_PROXIES: trustedProxies.prefault(''),
    KEEP_ALIVE_TIMEOUT: positiveDuration('80s')
      .refine((seconds) => seconds <= longestSeconds, 'must be at most a day, 24h')
      .prefault('80s'),
  })
  .transform((settings) => ({
    /** Where the web app listens. */
    host: settings.WEB_HOST,
    /** Likewise; 0 is any free port. */
    port: settings.WEB_PORT,
    /** Where the API listens, seen from this process. */
    apiUrl: settings.API_URL,
    /** Where the flyers service listens. Without it, there are no flyers. */
    flyersUrl: settings.FLYERS_URL,
    /** Cookies are `__Host-` and Secure, the content policy has no exception. */
    isProduction: settings.NODE_ENV === 'production',
    /** Whose `X-Forwarded-For` is believed. */
    isTrustedProxy: settings.TRUSTED_PROXIES,
    /** How long a connection without a request stays open. */
    keepAliveTimeoutMs: settings.KEEP_ALIVE_TIMEOUT * 1000,
  }))

/** What the web app takes from its environment, validated. */
export type Environment = z.output<typeof webSettings>

let environment: Environment | undefined

/**
 * Gives the validated environment, read at the first call.
 * @throws {ConfigError} with every problem at once
 */
export function getEnvironment(): Environment {
  environment ??= readEnvironment(process.env)
  return environment
}

/**
 * Validates variables. An empty one counts as absent.
 * @throws {ConfigError} with every problem at once
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  return readSettings(webSettings, variables)
}
