import { findRoute } from '@pockitflyer/auth/http'
import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import { METHOD_NAME_ALL } from 'hono/router'

/**
 * The pattern of the path that a request came to, `none` where nothing is. There are few of them,
 * and nothing that a client made up is in one: fit for a log and for the labels of a metric.
 */
export function routeOf(c: Context): string {
  return findRoute(c.req.path) ?? findOwnRoute(c) ?? 'none'
}

/** What is registered for all methods is middleware, or a door whose routes `findRoute` knows. */
function findOwnRoute(c: Context): string | undefined {
  return matchedRoutes(c).findLast(({ method }) => method !== METHOD_NAME_ALL)?.path
}
