import type { Context, Env } from 'hono'
import { matchedRoutes } from 'hono/route'
import { METHOD_NAME_ALL } from 'hono/router'

/**
 * Returns the pattern of the path that a request came to, `none` where nothing is. There are few
 * of them, and nothing that a client made up is in one: fit for a log and for the labels of a
 * metric. `findRoute` knows what stands behind a handler of all methods, which counts as middleware
 * here.
 */
export function routeOf<E extends Env>(
  c: Context<E>,
  findRoute: (path: string) => string | undefined = () => undefined,
): string {
  return findRoute(c.req.path) ?? findOwnRoute(c) ?? 'none'
}

function findOwnRoute<E extends Env>(c: Context<E>): string | undefined {
  return matchedRoutes(c).findLast(({ method }) => method !== METHOD_NAME_ALL)?.path
}
