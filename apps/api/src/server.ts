import { setTimeout as pause } from 'node:timers/promises'
import { connect, createAuth } from '@pockitflyer/auth'
import { type RunningServer, serveHttp } from '@pockitflyer/server'
import { logRequests, startWatch } from '@pockitflyer/server/watch'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createCors } from './cors.ts'
import { openRedis } from './redis.ts'
import { errorHeaders } from './requests/error-headers.ts'
import { watchCounts } from './watch-counts.ts'
import { createFindAddress } from './requests/client-address.ts'
import type { ApiSettings } from './settings.ts'
import { securityHeaders } from './security-headers.ts'
import { describeRequest, requestReader } from './instrumentation.ts'

/** A listening server. */
export interface Api extends RunningServer {
  /**
   * Stops the server. It reports that it is not ready and still serves for `SHUTDOWN_DELAY`, which
   * `isUrgent` skips. Then it stops accepting and finishes running requests for at most 10 seconds.
   * Last it closes the pool, unless the database is silent.
   */
  stop(options?: { isUrgent?: boolean }): Promise<void>
}

/**
 * Starts the API and resolves when it listens.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startApi(settings: ApiSettings, log: Logger): Promise<Api> {
  const docs = settings.hasDocs ? await (await loadDocs()).createDocs() : undefined
  const { metrics, traces } = settings
  const watch = await startWatch({ metrics, traces, prefix: 'auth', requests: requestReader, log })
  const accounts = watch.registry && (await loadMetrics()).createAccountMetrics(watch.registry)
  const db = connect({
    ...settings.database,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    onPool: (pool) => watch.watchPool(pool),
    onStatement: (statement) => watch.onStatement(statement),
  })
  const countsHealth = watchCounts(log, settings.redisUrl === undefined ? 'PostgreSQL' : 'Redis')
  const redis = settings.redisUrl === undefined ? undefined : await openRedis(settings.redisUrl, countsHealth)
  const auth = await createAuth(settings, {
    db,
    redis: redis?.client,
    countsObserver: countsHealth,
    observer: accounts?.observer,
  })
  accounts?.watchPasswords(auth.passwords)
  let isStopping = false
  const cors = createCors(settings)
  const app = createApp(auth, {
    docs,
    report: (error, details) => log.error({ err: error, ...details }, 'a request failed'),
    watchers: [...watch.watchRequests, logRequests(log, { ...requestReader, describe: describeRequest })],
    findAddress: createFindAddress(settings.isTrustedProxy, log),
    isStopping: () => isStopping,
    cors: cors?.middleware,
  })
  const server = await serveHttp({
    fetch: app.fetch,
    host: settings.host,
    port: settings.port,
    portSetting: 'PORT',
    requestTimeoutSeconds: settings.requestTimeoutSeconds,
    keepAliveTimeoutSeconds: settings.keepAliveTimeoutSeconds,
    headers: securityHeaders(settings),
    errorHeaders: (broken) => errorHeaders(broken, cors),
    async beforeStop({ isUrgent }) {
      isStopping = true
      if (settings.shutdownDelaySeconds > 0 && !isUrgent) await pause(settings.shutdownDelaySeconds * 1000)
    },
    async release() {
      redis?.close()
      await Promise.all([db.destroy(), watch.stop()])
    },
  })
  return { ...server, metricsUrl: watch.metricsUrl }
}

/** Imported only where needed: the packages behind them cost memory and time at the start. */
const loadDocs = () => import('./docs.ts')
const loadMetrics = () => import('./metrics/account-metrics.ts')
