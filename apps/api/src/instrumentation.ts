import type { HttpBindings } from '@hono/node-server'
import { findRoute, type RequestContext } from '@pockitflyer/auth/http'
import { type RequestReader, routeOf } from '@pockitflyer/server/watch'
import type { Context } from 'hono'

/** The variables of each request in the app. */
export interface AppEnv {
  Bindings: HttpBindings
  Variables: { context: RequestContext }
}

/** How metrics, traces and the log read requests: the trace id becomes the request id. */
export const requestReader: RequestReader<AppEnv> = {
  routeOf: (c) => routeOf(c, findRoute),
  onTrace: (c, requestId) => c.set('context', { ...c.get('context'), requestId }),
}

/** Returns the fields of the log line that describe a request's client. */
export function describeRequest(c: Context<AppEnv>): { requestId: string; ip: string | null } {
  const { requestId, caller } = c.get('context')
  return { requestId, ip: caller.client.ip }
}
