import type { Observer } from '@pockitflyer/auth'
import { Counter, Histogram, type Registry } from 'prom-client'

/** Creates an observer that counts the events of the account service. */
export function createObserver(registry: Registry): Observer {
  const registers = [registry]
  const calls = new Counter({
    name: 'auth_calls_total',
    help: 'Calls of procedures, by REST or tRPC, by outcome: ok, or the code of the error.',
    labelNames: ['procedure', 'outcome'],
    registers,
  })
  const refreshes = new Counter({
    name: 'auth_refreshes_total',
    help: 'Refresh tokens that were presented, by outcome: rotated, replayed, reused, recovered or kept.',
    labelNames: ['outcome'],
    registers,
  })
  const waits = new Histogram({
    name: 'auth_password_wait_seconds',
    help: 'How long a hash or check of a password waited for its turn.',
    buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  for (const outcome of ['rotated', 'replayed', 'reused', 'recovered', 'kept']) refreshes.inc({ outcome }, 0)
  return {
    called: ({ procedure, outcome }) => calls.inc({ procedure, outcome }),
    refreshed: (outcome) => refreshes.inc({ outcome }),
    dequeued: (seconds) => waits.observe(seconds),
  }
}
