import type { PoolCounts, Statement } from '@pockitflyer/auth'
import { Gauge, Histogram, type Registry } from 'prom-client'

/** Shows the pool's connections at the time of a scrape, and times each statement. */
export function createDatabaseMetrics(registry: Registry) {
  const statements = new Histogram({
    name: 'auth_database_statement_duration_seconds',
    help: 'Statements that PostgreSQL answered, by outcome: ok or failed.',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [registry],
  })
  return {
    onStatement({ durationMs, errorCode }: Statement): void {
      statements.observe({ outcome: errorCode === undefined ? 'ok' : 'failed' }, durationMs / 1000)
    },
    watchPool(pool: PoolCounts): void {
      const connections = new Gauge({
        name: 'auth_database_connections',
        help: 'Connections of the pool, by state: busy or idle; and what waits for one: waiting.',
        labelNames: ['state'],
        registers: [registry],
        collect() {
          connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
          connections.set({ state: 'idle' }, pool.idleCount)
          connections.set({ state: 'waiting' }, pool.waitingCount)
        },
      })
    },
  }
}
