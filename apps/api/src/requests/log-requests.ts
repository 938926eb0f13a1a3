import type { Logger } from 'pino'
import { routeOf } from './route.ts'
import type { Watcher } from '../instrumentation.ts'

/** What asks all the time whether the server is there. */
const probes = new Set(['/healthz', '/readyz'])

/**
 * Writes a line for each request, at level `info`, for a probe at `debug`. Neither its path nor its
 * query is in it.
 */
export function logRequests(log: Logger): Watcher {
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    const {
      requestId,
      caller: { client },
    } = c.get('context')
    const route = routeOf(c)
    log[probes.has(route) ? 'debug' : 'info'](
      {
        requestId,
        method: c.req.method,
        route,
        status: c.res.status,
        ms: Math.round(performance.now() - startedAt),
        ip: client.ip,
      },
      'a request was answered',
    )
  }
}
