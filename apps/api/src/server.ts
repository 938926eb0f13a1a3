import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { connect, createAuth } from '@pockitflyer/auth'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createDocs } from './docs/docs.ts'
import { openRedis } from './redis.ts'
import { logRequests } from './requests/log-requests.ts'
import type { ApiSettings } from './settings.ts'
import { urlOf } from './url-of.ts'
import type { Watch } from './watch.ts'

/** How long a shutdown waits for running requests, in milliseconds. */
const shutdownLimitMs = 10_000

/** How long a statement may take, in milliseconds: each is a matter of one row, so a longer one waits for a server that is gone. */
const queryTimeoutMs = 10_000

/** How often node looks for requests that take too long, in milliseconds. Its own 30 seconds would let each live that much longer. */
const connectionsCheckingIntervalMs = 1000

/** A server that listens. */
export interface Api {
  url: string
  /** Where the metrics stand, if they do. */
  metricsUrl: string | undefined
  /** Stops accepting, finishes what runs for at most 10 seconds, and closes the pool; one whose database is silent is left. */
  stop(): Promise<void>
}

/**
 * Starts the API. It listens when the promise is kept.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startApi(settings: ApiSettings, log: Logger): Promise<Api> {
  const docs = await createDocs({ hasPage: settings.hasDocsPage })
  const metrics = settings.metrics && (await (await loadMetrics()).startMetrics(settings.metrics))
  const tracing = settings.traces && (await loadTracing()).startTracing(settings.traces, log)
  const watches: Watch[] = [tracing, metrics].flatMap((watch) => watch ?? [])
  const db = connect({
    url: settings.databaseUrl,
    poolSize: settings.databasePoolSize,
    queryTimeoutMs,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    onPool: (pool) => metrics?.watchPool(pool),
    onStatement: (statement) => watches.forEach((watch) => watch.onStatement(statement)),
  })
  const redis = settings.redisUrl === undefined ? undefined : await openRedis(settings.redisUrl, log)
  const auth = await createAuth(settings, { db, redis: redis?.client, observer: metrics?.observer })
  metrics?.watchPasswords(auth.passwords)
  const app = createApp(auth, {
    docs,
    report: (error, details) => log.error({ err: error, ...details }, 'a request failed'),
    watchers: [...watches.map((watch) => watch.watchRequest), logRequests(log)],
    isTrustedProxy: settings.isTrustedProxy,
  })
  const server = createServer(
    {
      requestTimeout: settings.requestTimeoutSeconds * 1000,
      connectionsCheckingInterval: connectionsCheckingIntervalMs,
    },
    getRequestListener(app.fetch),
  )
  server.on('request', (_, response) => response.once('close', () => closeIdleConnectionsOf(server)))
  const release = async () => {
    redis?.close()
    const done = Promise.all([db.destroy(), ...watches.map((watch) => watch.stop())])
    await Promise.race([done, pause(shutdownLimitMs, undefined, { ref: false })])
  }
  try {
    server.listen(settings.port, settings.host)
    await once(server, 'listening')
  } catch (error) {
    await release()
    throw error
  }
  return {
    url: urlOf(server, settings.host),
    metricsUrl: metrics?.url,
    async stop() {
      await closeServer(server)
      await release()
    },
  }
}

/** An answer that is sent during a stop leaves its connection idle, which `server.close()` would wait for. */
function closeIdleConnectionsOf(server: Server): void {
  if (!server.listening) server.closeIdleConnections()
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'))
  server.close()
  const limit = setTimeout(() => server.closeAllConnections(), shutdownLimitMs)
  await closed
  clearTimeout(limit)
}

/** Loaded where they are asked for alone: the packages behind them cost memory and time at the start. */
const loadMetrics = () => import('./metrics/metrics.ts')
const loadTracing = () => import('./tracing/tracing.ts')
