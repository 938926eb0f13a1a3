import { createVerifier } from '@pockitflyer/auth-client/verifier'
import { type RunningServer, serveHttp } from '@pockitflyer/server'
import type { Logger } from '@pockitflyer/server/log'
import { routeOf, startWatch } from '@pockitflyer/server/watch'
import { createApp, trpcPath } from './app.ts'
import type { Env } from './context.ts'
import { createFindAuthor } from '@pockitflyer/flyers/author'
import { connect } from '@pockitflyer/flyers/database'
import type { Settings } from '@pockitflyer/flyers/settings'

/** How long a statement may take, in milliseconds: each is a matter of a few rows. */
const queryTimeoutMs = 10_000

/** How long a client may take to send a whole request, in seconds. */
const requestTimeoutSeconds = 15

/**
 * How long a connection stays open between two requests, in seconds: longer than a balancer keeps
 * it, which takes 60 or 75.
 */
const keepAliveTimeoutSeconds = 80

/**
 * Starts the service. It listens when the promise is kept; the account service may come later.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startServer(settings: Settings, log: Logger): Promise<RunningServer> {
  const { apiUrl, host, port, metrics, traces } = settings
  const watch = await startWatch<Env>({
    metrics,
    traces,
    prefix: 'flyers',
    requests: {
      routeOf: (c) => routeOf(c, (path) => (path.startsWith(`${trpcPath}/`) ? `${trpcPath}/*` : undefined)),
      onTrace(c, traceId) {
        c.set('requestId', traceId)
        c.header('X-Request-Id', traceId)
      },
    },
    log,
  })
  const db = connect({
    url: settings.databaseUrl,
    queryTimeoutMs,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    onStatement: (statement) => watch.onStatement(statement),
    onPool: (pool) => watch.watchPool(pool),
  })
  const app = createApp({
    watchers: watch.watchRequests,
    db,
    verifier: createVerifier({ jwksUrl: new URL('/.well-known/jwks.json', apiUrl), ...settings.named }),
    findAuthor: createFindAuthor(apiUrl, (error) =>
      log.warn({ err: error }, 'the account service cannot be asked'),
    ),
    report: (error, details) => log.error({ err: error, ...details }, 'a request failed'),
  })
  const server = await serveHttp({
    fetch: app.fetch,
    host,
    port,
    portSetting: 'PORT',
    requestTimeoutSeconds,
    keepAliveTimeoutSeconds,
    headers: { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' },
    release: async () => Promise.all([db.destroy(), watch.stop()]),
  })
  return { ...server, metricsUrl: watch.metricsUrl }
}
