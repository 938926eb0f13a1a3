import { listDefinitions } from '../procedures/definitions.ts'
import { appRouter } from '../procedures/router.ts'
import { decodePath } from './rest.ts'
import { allowedMethods, findEndpoint } from './routes.ts'
import { trpcPath } from './trpc.ts'

const trpcRoutes = new Set(listDefinitions(appRouter).map(({ path }) => `${trpcPath}/${path}`))

/**
 * The pattern of a path that `handleTrpc` or `handleRest` answers, one of few:
 * `/api/users/sessions/{id}`, `/api/trpc/auth.login`, `/api/trpc/{batch}`. `undefined` when there
 * is nothing. What a client wrote into the path is never in it.
 */
export function findRoute(pathname: string): string | undefined {
  const path = decodePath(pathname).replace(/\/$/, '')
  if (!path.startsWith(`${trpcPath}/`)) return findEndpoint(path)?.endpoint.path
  if (path.includes(',')) return `${trpcPath}/{batch}`
  return trpcRoutes.has(path) ? path : undefined
}

/**
 * The methods of a REST endpoint, as its header `Allow` has them; `undefined` when there is none at
 * this path.
 */
export function findMethods(pathname: string): string[] | undefined {
  const found = findEndpoint(decodePath(pathname))
  return found && allowedMethods(found.endpoint)
}
