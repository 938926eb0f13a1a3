import type { PoolCounts } from '@pockitflyer/postgres-pool'
import type { Env } from 'hono'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { countStatements, watchPool } from './database-metrics.ts'
import type { Instrument, RequestReader } from './instrument.ts'
import { countJobs } from './job-metrics.ts'
import { countRequests } from './request-metrics.ts'
import { serveMetrics } from './serve-metrics.ts'

/** The metrics of one process, and where they stand for Prometheus. */
export interface Metrics<E extends Env> extends Instrument<E> {
  url: string
  registry: Registry
  watchPool(pool: PoolCounts): void
}

interface Address {
  host: string
  port: number
  /** What the names of the metrics begin with. */
  prefix: string
}

/**
 * Counts in a registry of its own, beside what prom-client collects of the process, and serves it.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startMetrics<E extends Env>(
  { prefix, ...address }: Address,
  reader: RequestReader<E>,
): Promise<Metrics<E>> {
  const registry = new Registry()
  const server = await serveMetrics(registry, address)
  collectDefaultMetrics({ register: registry })
  const options = { registry, prefix }
  return {
    url: server.url,
    registry,
    stop: () => server.stop(),
    watchRequest: countRequests(options, reader),
    watchJob: countJobs(options),
    onStatement: countStatements(options),
    watchPool: (pool) => watchPool(options, pool),
  }
}
