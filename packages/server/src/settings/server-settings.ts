import { z } from 'zod'
import { databaseUrl } from './database-url.ts'
import { origins } from './origins.ts'
import { findRedisUrlProblem } from './redis-url.ts'
import { trustedProxies } from './trusted-proxies.ts'
import { count, flag, port, refuse, seconds } from './values.ts'
import { watchSettings } from './watch-settings.ts'

/**
 * Longest time of a statement, in milliseconds. Each one touches few rows, so a slower one waits
 * for a server that is gone.
 */
const queryTimeoutMs = 10_000

const ownSettings = z
  .object({
    DATABASE_URL: databaseUrl('postgres://user:password@localhost:5432/pockitflyer'),
    DATABASE_POOL_SIZE: count(1, 9999).prefault('10'),
    REDIS_URL: z.string().superRefine(refuse(findRedisUrlProblem)).optional(),
    DATABASE_PREPARE: flag.prefault('true'),
    HOST: z.string().default('127.0.0.1'),
    PORT: port.prefault('8000'),
    REQUEST_TIMEOUT: seconds('15s'),
    KEEP_ALIVE_TIMEOUT: seconds('80s'),
    SHUTDOWN_DELAY: z
      .string()
      .regex(/^([12]?\d|30)s$/, 'must be a whole number of seconds from 0 to 30 and an s, for example 7s')
      .transform((text) => Number(text.slice(0, -1)))
      .prefault('0s'),
    TRUSTED_PROXIES: trustedProxies.prefault(''),
    CORS_ORIGINS: origins.prefault(''),
    NODE_ENV: z.string().optional(),
    API_DOCS: flag.optional(),
  })
  .transform((settings) => ({
    /** The settings of the database connection. */
    database: {
      url: settings.DATABASE_URL,
      poolSize: settings.DATABASE_POOL_SIZE,
      prepares: settings.DATABASE_PREPARE,
      queryTimeoutMs,
    },
    /** The Redis with the counts of rate limits; `undefined`: PostgreSQL has them. */
    redisUrl: settings.REDIS_URL,
    host: settings.HOST,
    port: settings.PORT,
    /** Longest time that a client may take to send a whole request. */
    requestTimeoutSeconds: settings.REQUEST_TIMEOUT,
    /**
     * Time that a connection stays open between two requests. Keep it longer than the balancer's,
     * which would otherwise send into a closed one.
     */
    keepAliveTimeoutSeconds: settings.KEEP_ALIVE_TIMEOUT,
    /**
     * Time at the beginning of a stop in which the server still answers and reports that it is not
     * ready, until balancers notice.
     */
    shutdownDelaySeconds: settings.SHUTDOWN_DELAY,
    /** Returns whether `X-Forwarded-For` of this peer is trusted. */
    isTrustedProxy: settings.TRUSTED_PROXIES,
    /**
     * The origins whose pages may call the API. In development every port of this machine may, too.
     */
    corsOrigins: settings.CORS_ORIGINS,
    allowsLocalOrigins: settings.NODE_ENV === 'development',
    isProduction: settings.NODE_ENV === 'production',
    /** Whether the OpenAPI document and its page are served. */
    hasDocs: settings.API_DOCS ?? settings.NODE_ENV !== 'production',
  }))

/** The settings of the API's server, by the names of their environment variables. */
export const serverSettings = z.intersection(ownSettings, watchSettings('pockitflyer-auth'))
