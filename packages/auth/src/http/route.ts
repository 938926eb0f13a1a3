import { allowedMethods, findEndpoint } from './endpoints.ts'
import { decodePath, restPath } from './rest.ts'
import { procedures } from './procedures.ts'
import { pathOfCall, trpcPath } from './trpc.ts'

/**
 * The pattern of a path that `handleTrpc` or `handleRest` answers, one of few: `/api/users/sessions/{id}`, `/api/trpc/auth.login`,
 * `/api/trpc/{batch}`. `undefined` when there is nothing. What a client wrote into the path is never in it.
 */
export function findRoute(pathname: string): string | undefined {
  if (pathname.startsWith(`${restPath}/`)) return findEndpoint(decodePath(pathname))?.endpoint.path
  if (!pathname.startsWith(`${trpcPath}/`)) return undefined
  const procedure = decodePath(pathOfCall(pathname))
  if (procedure.includes(',')) return `${trpcPath}/{batch}`
  return Object.hasOwn(procedures, procedure) ? `${trpcPath}/${procedure}` : undefined
}

/** The methods of a REST endpoint, as its header `Allow` has them; `undefined` when there is none at this path. */
export function findMethods(pathname: string): string[] | undefined {
  const found = findEndpoint(decodePath(pathname))
  return found && allowedMethods(found.endpoint)
}
