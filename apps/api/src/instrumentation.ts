import type { HttpBindings } from '@hono/node-server'
import { findRoute, type RequestContext } from '@pockitflyer/auth/http'
import { type RequestReader, routeOf } from '@pockitflyer/server/watch'
import type { Context } from 'hono'

/** What each request carries through the app. */
export interface AppEnv {
  Bindings: HttpBindings
  Variables: { context: RequestContext }
}

/** How metrics, traces and the log read requests: a trace's id becomes the id of its request. */
export const requestReader: RequestReader<AppEnv> = {
  routeOf: (c) => routeOf(c, findRoute),
  onTrace: (c, requestId) => c.set('context', { ...c.get('context'), requestId }),
}

/** Returns what the log says of a request's client. */
export function describeRequest(c: Context<AppEnv>): { requestId: string; ip: string | null } {
  const { requestId, caller } = c.get('context')
  return { requestId, ip: caller.client.ip }
}
