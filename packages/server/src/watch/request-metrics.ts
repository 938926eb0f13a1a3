import type { Env, MiddlewareHandler } from 'hono'
import { Histogram } from 'prom-client'
import type { RequestReader } from './instrument.ts'
import { type MetricsOptions, slowBuckets } from './metrics-options.ts'

/** Counts and times each request by method, route and status. */
export function countRequests<E extends Env>(
  { registry, prefix }: MetricsOptions,
  { routeOf }: RequestReader<E>,
): MiddlewareHandler<E> {
  const requests = new Histogram({
    name: `${prefix}_http_request_duration_seconds`,
    help: 'Requests that were answered, by the pattern of their path.',
    labelNames: ['method', 'route', 'status'],
    buckets: slowBuckets,
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
