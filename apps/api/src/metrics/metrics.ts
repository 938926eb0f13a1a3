import type { Observer, Passwords, PoolCounts } from '@pockitflyer/auth'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Instrumentation } from '../instrumentation.ts'
import { createDatabaseMetrics } from './database-metrics.ts'
import { createObserver } from './observer.ts'
import { watchPasswords } from './password-metrics.ts'
import { countRequests } from './request-metrics.ts'
import { serveMetrics } from './serve-metrics.ts'

/** The metrics of one server, and where they stand for Prometheus. */
export interface Metrics extends Instrumentation {
  url: string
  observer: Observer
  watchPool(pool: PoolCounts): void
  watchPasswords(passwords: Passwords): void
}

/**
 * Counts in a registry of its own, beside what prom-client collects of the process, and serves it.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startMetrics(address: { host: string; port: number }): Promise<Metrics> {
  const registry = new Registry()
  const server = await serveMetrics(registry, address)
  collectDefaultMetrics({ register: registry })
  return {
    url: server.url,
    stop: () => server.stop(),
    observer: createObserver(registry),
    watchRequest: countRequests(registry),
    watchPasswords: (passwords) => watchPasswords(registry, passwords),
    ...createDatabaseMetrics(registry),
  }
}
