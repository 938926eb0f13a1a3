import type { PoolCounts, Statement } from '@pockitflyer/postgres-pool'
import type { Env, MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { WatchSettings } from '../settings/watch-settings.ts'
import type { Instrument, Job, RequestReader } from './instrument.ts'

export interface WatchOptions<E extends Env> extends WatchSettings {
  /** What the names of the metrics begin with, for example `auth`. */
  prefix: string
  /** How to read requests. A process that answers none but probes leaves it out. */
  requests?: RequestReader<E>
  /** Reports a collector that fails. */
  log: Logger
}

/** The metrics and traces of one process, as far as its settings ask for them. */
export interface Watch<E extends Env> {
  /** Where the metrics stand; `undefined`: nothing is counted. */
  metricsUrl: string | undefined
  /** Takes the metrics that only this process has; `undefined`: nothing is counted. */
  registry: Registry | undefined
  /** See each request, the first one first. */
  watchRequests: MiddlewareHandler<E>[]
  /** Runs a job and returns or throws what it does. */
  watchJob<Result>(job: Job, run: () => Promise<Result>): Promise<Result>
  onStatement(statement: Statement): void
  watchPool(pool: PoolCounts): void
  /** Sends the traces that are left, and closes the port of the metrics. */
  stop(): Promise<void>
}

/**
 * Starts what the settings ask for: metrics at `METRICS_PORT`, of the process (memory, event loop),
 * its pool, statements, requests and jobs; and traces to a collector. Without either setting it
 * loads no module and costs nothing.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 * @example
 * const watch = await startWatch({ ...settings, prefix: 'worker', log })
 * const send = (payload: Mail) => watch.watchJob({ name: 'send-mail' }, () => sendMail(payload))
 */
export async function startWatch<E extends Env>(options: WatchOptions<E>): Promise<Watch<E>> {
  const { prefix, log, requests: reader = { routeOf: () => 'none' } } = options
  const metrics =
    options.metrics && (await (await loadMetrics()).startMetrics({ ...options.metrics, prefix }, reader))
  const tracing = options.traces && (await loadTracing()).startTracing(options.traces, reader, log)
  const instruments: Instrument<E>[] = [tracing, metrics].flatMap((instrument) => instrument ?? [])
  return {
    metricsUrl: metrics?.url,
    registry: metrics?.registry,
    watchRequests: instruments.map(({ watchRequest }) => watchRequest),
    async watchJob(job, run) {
      let watched = run
      for (const instrument of instruments) {
        const inner = watched
        watched = async () => instrument.watchJob(job, inner)
      }
      return watched()
    },
    onStatement: (statement) => instruments.forEach((one) => one.onStatement(statement)),
    watchPool: (pool) => metrics?.watchPool(pool),
    async stop() {
      await Promise.all(instruments.map(async (one) => one.stop()))
    },
  }
}

const loadMetrics = () => import('./metrics.ts')
const loadTracing = () => import('./tracing.ts')
