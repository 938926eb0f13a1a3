import { languages } from '@pockitflyer/languages'
import { httpUrl, port, positiveDuration, readSettings } from '@pockitflyer/server/settings'
import { trustedProxies } from '@pockitflyer/server/settings/trusted-proxies'
import { z } from 'zod'

/** Node.js fires a timer over 2³¹ ms at once: a day is far below. */
const longestSeconds = 24 * 3600

const languageError = `must be some of ${languages.join(', ')}, separated by commas`

const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https address' })

/** The languages of pages, such as `en,de`. */
const languageList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.tuple([z.enum(languages, languageError)], z.enum(languages, languageError)))

/** The settings of the web app, by the names of their environment variables. */
export const webSettings = z
  .object({
    WEB_HOST: z.string().default('127.0.0.1'),
    WEB_PORT: port.prefault('3000'),
    API_URL: httpUrl.prefault('http://127.0.0.1:8000'),
    FLYERS_URL: httpUrl.optional(),
    NODE_ENV: z.string().optional(),
    HELP_URL: z.url({ protocol: /^(https|mailto)$/, error: 'must be an https or mailto address' }).optional(),
    TERMS_URL: httpsUrl.optional(),
    PRIVACY_URL: httpsUrl.optional(),
    LANGUAGES: languageList.prefault(languages.join(',')),
    TRUSTED_PROXIES: trustedProxies.prefault(''),
    KEEP_ALIVE_TIMEOUT: positiveDuration('80s')
      .refine((seconds) => seconds <= longestSeconds, 'must be at most a day, 24h')
      .prefault('80s'),
  })
  .transform((settings) => ({
    /** The host that the web app listens on. */
    host: settings.WEB_HOST,
    /** The port that it listens on; 0 is any free port. */
    port: settings.WEB_PORT,
    /** The API's URL for this process. */
    apiUrl: settings.API_URL,
    /** The flyers service's URL for this process. Without it, there are no flyers. */
    flyersUrl: settings.FLYERS_URL,
    /** Where the links at the foot of each page lead. One that is not set is not there. */
    links: { help: settings.HELP_URL, terms: settings.TERMS_URL, privacy: settings.PRIVACY_URL },
    /** The languages of the pages. The first is for readers who want none of them. */
    languages: settings.LANGUAGES,
    /** In production, cookies are `__Host-` and Secure, and the content policy has no exception. */
    isProduction: settings.NODE_ENV === 'production',
    /** Returns whether `X-Forwarded-For` of this peer is trusted. */
    isTrustedProxy: settings.TRUSTED_PROXIES,
    /** Time that an idle connection stays open. */
    keepAliveTimeoutMs: settings.KEEP_ALIVE_TIMEOUT * 1000,
  }))

/** The validated settings of the web app. */
export type Environment = z.output<typeof webSettings>

let environment: Environment | undefined

/**
 * Returns the validated environment, read at the first call.
 * @throws {SettingsError} with every problem at once
 */
export function getEnvironment(): Environment {
  environment ??= readEnvironment(process.env)
  return environment
}

/**
 * Validates an environment. An empty value counts as absent.
 * @throws {SettingsError} with every problem at once
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  return readSettings(webSettings, variables)
}
