import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { Server as TcpServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, createAuth } from '@pockitflyer/auth'
import { createHttpServer } from '@pockitflyer/server'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createCors } from './cors.ts'
import { openRedis } from './redis.ts'
import { describeRefusal } from './requests/describe-refusal.ts'
import { watchCounts } from './watch-counts.ts'
import { createFindAddress } from './requests/client-address.ts'
import { logRequests } from './requests/log-requests.ts'
import { type ApiSettings, connectOptions } from './settings.ts'
import { securityHeaders } from './security-headers.ts'
import { urlOf } from './url-of.ts'
import type { Watch } from './watch.ts'

/** How long a shutdown waits for running requests, in milliseconds. */
const shutdownLimitMs = 10_000

/**
 * How long a stop leaves idle connections open, in milliseconds: a request may be on its way on
 * one.
 */
const drainMs = 1000

/**
 * How many connections may wait to be accepted; Linux has a limit of its own, 4096. One too many is
 * dropped, and its client tries again seconds later: Node's own 511 are full when a thousand come
 * at once.
 */
const backlog = 4096

/** A server that listens. */
export interface Api {
  url: string
  /** Where the metrics stand, if they do. */
  metricsUrl: string | undefined
  /**
   * Is not ready from now on, goes on for `SHUTDOWN_DELAY`, then stops accepting, finishes what
   * runs for at most 10 seconds, and closes the pool; one whose database is silent is left. One
   * that `isUrgent` does not wait for `SHUTDOWN_DELAY`.
   */
  stop(options?: { isUrgent?: boolean }): Promise<void>
}

/**
 * Starts the API. It listens when the promise is kept.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startApi(settings: ApiSettings, log: Logger): Promise<Api> {
  const docs = settings.hasDocs ? await (await loadDocs()).createDocs() : undefined
  const metrics = settings.metrics && (await (await loadMetrics()).startMetrics(settings.metrics))
  const tracing = settings.traces && (await loadTracing()).startTracing(settings.traces, log)
  const watches: Watch[] = [tracing, metrics].flatMap((watch) => watch ?? [])
  const db = connect({
    ...connectOptions(settings),
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    onPool: (pool) => metrics?.watchPool(pool),
    onStatement: (statement) => watches.forEach((watch) => watch.onStatement(statement)),
  })
  const countsHealth = watchCounts(log, settings.redisUrl === undefined ? 'PostgreSQL' : 'Redis')
  const redis = settings.redisUrl === undefined ? undefined : await openRedis(settings.redisUrl, countsHealth)
  const auth = await createAuth(settings, {
    db,
    redis: redis?.client,
    countsObserver: countsHealth,
    observer: metrics?.observer,
  })
  metrics?.watchPasswords(auth.passwords)
  let isStopping = false
  const cors = createCors(settings)
  const app = createApp(auth, {
    docs,
    report: (error, details) => log.error({ err: error, ...details }, 'a request failed'),
    watchers: [...watches.map((watch) => watch.watchRequest), logRequests(log)],
    findAddress: createFindAddress(settings.isTrustedProxy, log),
    isStopping: () => isStopping,
    cors: cors?.middleware,
  })
  const server = createHttpServer({
    fetch: app.fetch,
    requestTimeoutSeconds: settings.requestTimeoutSeconds,
    keepAliveTimeoutSeconds: settings.keepAliveTimeoutSeconds,
    headers: securityHeaders(settings),
    refusalHeaders: (broken) => describeRefusal(broken, cors),
  })
  const running = new Set<ServerResponse>()
  server.on('request', (_, response) => {
    running.add(response)
    response.once('close', () => running.delete(response))
  })
  const release = async () => {
    redis?.close()
    const done = Promise.all([db.destroy(), ...watches.map((watch) => watch.stop())])
    await Promise.race([done, pause(shutdownLimitMs, undefined, { ref: false })])
  }
  try {
    server.listen(settings.port, settings.host, backlog)
    await once(server, 'listening')
  } catch (error) {
    await release()
    throw error
  }
  return {
    url: urlOf(server, settings.host),
    metricsUrl: metrics?.url,
    async stop({ isUrgent = false } = {}) {
      isStopping = true
      if (settings.shutdownDelaySeconds > 0 && !isUrgent) await pause(settings.shutdownDelaySeconds * 1000)
      await closeServer(server, running)
      await release()
    },
  }
}

/**
 * Refuses new connections. On those that are open, what runs and what comes is answered and told
 * that it was the last; those on which nothing comes are closed. Node's own `close()` would cut
 * idle ones at once, under the request that a client is just sending.
 */
async function closeServer(server: Server, running: Set<ServerResponse>): Promise<void> {
  const closed = once(server, 'close')
  const tellLast = (response: ServerResponse) => response.setHeader('Connection', 'close')
  for (const response of running) if (!response.headersSent) tellLast(response)
  server.prependListener('request', (_, response) => tellLast(response))
  TcpServer.prototype.close.call(server)
  const drain = setInterval(() => server.closeIdleConnections(), drainMs)
  const limit = setTimeout(() => server.closeAllConnections(), shutdownLimitMs)
  await closed
  clearInterval(drain)
  clearTimeout(limit)
}

/**
 * Loaded where they are asked for alone: the packages behind them cost memory and time at the
 * start.
 */
const loadDocs = () => import('./docs/docs.ts')
const loadMetrics = () => import('./metrics/metrics.ts')
const loadTracing = () => import('./tracing/tracing.ts')
