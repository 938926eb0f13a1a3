import { Histogram, type Registry } from 'prom-client'
import { routeOf } from '../requests/route.ts'
import type { Watcher } from '../instrumentation.ts'

/** Counts and times each request by method, route and status. */
export function countRequests(registry: Registry): Watcher {
  const requests = new Histogram({
    name: 'auth_http_request_duration_seconds',
    help: 'Requests that were answered, by the pattern of their path.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    requests.observe(
      { method: c.req.method, route: routeOf(c), status: c.res.status },
      (performance.now() - startedAt) / 1000,
    )
  }
}
