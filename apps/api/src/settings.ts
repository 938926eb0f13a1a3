import { type AuthConfig, authSettings, type ConnectOptions, readSettings } from '@pockitflyer/auth'
import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import { compile } from 'proxy-addr'
import { z } from 'zod'
import { findRedisUrlProblem } from './redis-url.ts'
import { findPortFault } from '@pockitflyer/server'
import { origins } from './origins.ts'

const port = z.string().transform((text, context) => {
  const fault = findPortFault(text)
  if (fault !== undefined) context.addIssue(fault)
  return Number(text)
})

const trustedProxies = z.string().transform((text, context) => {
  try {
    return compile(text.split(',').flatMap((entry) => entry.trim() || []))
  } catch {
    context.addIssue(
      'must be addresses, ranges such as 10.0.0.0/8, or loopback, linklocal or uniquelocal, with commas between',
    )
    return z.NEVER
  }
})

/** A check that says what is wrong with a text, or `undefined`. */
function refuse(findProblem: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx) => {
    const problem = findProblem(text)
    if (problem !== undefined) context.addIssue(problem)
  }
}

const serverSettings = z
  .object({
    DATABASE_URL: z
      .string('is missing; for example postgres://user:password@localhost:5432/pockitflyer')
      .superRefine(refuse(findDatabaseUrlProblem)),
    DATABASE_POOL_SIZE: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1 to 9999')
      .transform(Number)
      .prefault('10'),
    REDIS_URL: z.string().superRefine(refuse(findRedisUrlProblem)).optional(),
    DATABASE_PREPARE: z.enum(['true', 'false'], 'must be true or false').default('true'),
    HOST: z.string().default('127.0.0.1'),
    PORT: port.prefault('8000'),
    REQUEST_TIMEOUT: z
      .string()
      .regex(/^[1-9]\d{0,3}s$/, 'must be a whole number of seconds and an s, for example 15s')
      .transform((text) => Number(text.slice(0, -1)))
      .prefault('15s'),
    KEEP_ALIVE_TIMEOUT: z
      .string()
      .regex(/^[1-9]\d{0,3}s$/, 'must be a whole number of seconds and an s, for example 80s')
      .transform((text) => Number(text.slice(0, -1)))
      .prefault('80s'),
    SHUTDOWN_DELAY: z
      .string()
      .regex(/^([12]?\d|30)s$/, 'must be a whole number of seconds from 0 to 30 and an s, for example 7s')
      .transform((text) => Number(text.slice(0, -1)))
      .prefault('0s'),
    TRUSTED_PROXIES: trustedProxies.prefault(''),
    CORS_ORIGINS: origins.prefault(''),
    LOG_LEVEL: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
        'must be fatal, error, warn, info, debug or silent',
      )
      .default('info'),
    METRICS_PORT: port.optional(),
    METRICS_HOST: z.string().default('127.0.0.1'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .string()
      .regex(/^https?:\/\//, 'must begin with http:// or https://')
      .optional(),
    OTEL_SERVICE_NAME: z.string().default('pockitflyer-auth'),
    NODE_ENV: z.string().optional(),
    API_DOCS: z.enum(['true', 'false'], 'must be true or false').optional(),
  })
  .transform((settings) => ({
    databaseUrl: settings.DATABASE_URL,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    /** Where the counts of rate limits are kept; `undefined`: in PostgreSQL. */
    redisUrl: settings.REDIS_URL,
    preparesStatements: settings.DATABASE_PREPARE === 'true',
    host: settings.HOST,
    port: settings.PORT,
    /** How long a client may take to send a whole request. */
    requestTimeoutSeconds: settings.REQUEST_TIMEOUT,
    /**
     * How long a connection stays open between two requests; longer than a balancer keeps it, which
     * would else send into a closed one.
     */
    keepAliveTimeoutSeconds: settings.KEEP_ALIVE_TIMEOUT,
    /**
     * How long a stop goes on as before and says that it is not ready, until those who send
     * requests know.
     */
    shutdownDelaySeconds: settings.SHUTDOWN_DELAY,
    /** Whose `X-Forwarded-For` is believed. */
    isTrustedProxy: settings.TRUSTED_PROXIES,
    logLevel: settings.LOG_LEVEL,
    /** Where Prometheus finds the metrics; `undefined`: nothing is counted. */
    metrics:
      settings.METRICS_PORT === undefined
        ? undefined
        : { host: settings.METRICS_HOST, port: settings.METRICS_PORT },
    /** The collector that traces are sent to; `undefined`: nothing is traced. */
    traces:
      settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : { endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: settings.OTEL_SERVICE_NAME },
    /**
     * The origins whose pages may call the API; in development every port of this machine may, too.
     */
    corsOrigins: settings.CORS_ORIGINS,
    allowsLocalOrigins: settings.NODE_ENV === 'development',
    isProduction: settings.NODE_ENV === 'production',
    /** Whether the OpenAPI document and its page are served. */
    hasDocs:
      settings.API_DOCS === undefined ? settings.NODE_ENV !== 'production' : settings.API_DOCS === 'true',
  }))

/** Everything that the API must be told. */
export type ApiSettings = AuthConfig & z.output<typeof serverSettings>

/**
 * The API's settings from an environment.
 * @throws {ConfigError} with every problem at once, each with its fix.
 */
export function readApiSettings(env: Record<string, string | undefined>): ApiSettings {
  return readSettings(z.intersection(authSettings, serverSettings), env)
}

/**
 * How long a statement may take, in milliseconds: each is a matter of some rows, so a longer one
 * waits for a server that is gone.
 */
const queryTimeoutMs = 10_000

/** How the API connects to its database: what tries the settings out connects the same way. */
export function connectOptions(settings: ApiSettings): ConnectOptions {
  return {
    url: settings.databaseUrl,
    poolSize: settings.databasePoolSize,
    queryTimeoutMs,
    prepares: settings.preparesStatements,
  }
}
