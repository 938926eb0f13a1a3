import type { PoolCounts, Statement } from '@pockitflyer/postgres-pool'
import { Gauge, Histogram } from 'prom-client'
import type { MetricsOptions } from './metrics-options.ts'

/** Times each statement. */
export function countStatements({ registry, prefix }: MetricsOptions): (statement: Statement) => void {
  const statements = new Histogram({
    name: `${prefix}_database_statement_duration_seconds`,
    help: 'Statements that PostgreSQL answered, by outcome: ok or failed.',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [registry],
  })
  return ({ durationMs, errorCode }) =>
    statements.observe({ outcome: errorCode === undefined ? 'ok' : 'failed' }, durationMs / 1000)
}

/** Shows a pool's connections at the time of a scrape. */
export function watchPool({ registry, prefix }: MetricsOptions, pool: PoolCounts): void {
  const connections = new Gauge({
    name: `${prefix}_database_connections`,
    help: 'Connections of the pool, by state: busy or idle; and what waits for one: waiting.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}
