import { listDefinitions } from '../procedures/definitions.ts'
import { appRouter } from '../procedures/router.ts'
import { decodePath } from './rest.ts'
import { allowedMethods, findEndpoint } from './routes.ts'
import { trpcPath } from './trpc.ts'

const trpcRoutes = new Set(listDefinitions(appRouter).map(({ path }) => `${trpcPath}/${path}`))

/**
 * Returns the pattern of a path that `handleTrpc` or `handleRest` answers, one of few:
 * `/api/users/sessions/{id}`, `/api/trpc/auth.login`, `/api/trpc/{batch}`. `undefined` for an
 * unknown path. The pattern holds no text of the client.
 */
export function findRoute(pathname: string): string | undefined {
  const path = decodePath(pathname).replace(/\/$/, '')
  if (!path.startsWith(`${trpcPath}/`)) return findEndpoint(path)?.endpoint.path
  if (path.includes(',')) return `${trpcPath}/{batch}`
  return trpcRoutes.has(path) ? path : undefined
}

/**
 * Returns the methods of a REST endpoint, as its header `Allow` lists them; `undefined` when this
 * path has none.
 */
export function findMethods(pathname: string): string[] | undefined {
  const found = findEndpoint(decodePath(pathname))
  return found && allowedMethods(found.endpoint)
}
